/** One message of an event stream. */
export interface SseMessage {
  readonly event: string;
  readonly data: string;
}

/** Longest message that is kept, in UTF-16 code units, so that a broken stream cannot fill the memory. */
const MAX_MESSAGE = 1_000_000;

/**
 * The `text/event-stream` parser of the HTML standard (section 9.2.6) for chunks cut anywhere. `id` and `retry`
 * are ignored, since a run is never reconnected.
 */
export class SseParser {
  #rest = "";
  #sawCarriageReturn = false;
  #started = false;
  #event = "";
  #data: string[] = [];
  #size = 0;

  push(chunk: string): SseMessage[] {
    const messages: SseMessage[] = [];
    let text = chunk;
    if (!this.#started && text !== "") {
      this.#started = true;
      if (text.startsWith("\uFEFF")) text = text.slice(1);
    }
    // A CR LF that a chunk border cuts in two ends one line, not two.
    if (this.#sawCarriageReturn && text !== "") {
      this.#sawCarriageReturn = false;
      if (text.startsWith("\n")) text = text.slice(1);
    }
    this.#sawCarriageReturn = text === "" ? this.#sawCarriageReturn : text.endsWith("\r");
    const lines = (this.#rest + text).split(/\r\n|\r|\n/);
    this.#rest = lines.pop() ?? "";
    if (this.#rest.length > MAX_MESSAGE) throw new RangeError("event stream line too long");
    for (const line of lines) {
      const message = this.#line(line);
      if (message !== undefined) messages.push(message);
    }
    return messages;
  }

  #line(line: string): SseMessage | undefined {
    if (line === "") return this.#dispatch();
    if (line.startsWith(":")) return undefined;
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const raw = colon < 0 ? "" : line.slice(colon + 1);
    const value = raw.startsWith(" ") ? raw.slice(1) : raw;
    if (field === "event") this.#event = value;
    if (field === "data") {
      this.#size += value.length;
      if (this.#size > MAX_MESSAGE) throw new RangeError("event stream message too long");
      this.#data.push(value);
    }
    return undefined;
  }

  #dispatch(): SseMessage | undefined {
    const message = { event: this.#event || "message", data: this.#data.join("\n") };
    const empty = this.#data.length === 0;
    this.#event = "";
    this.#data = [];
    this.#size = 0;
    return empty ? undefined : message;
  }
}

/** The messages of a response body, as they arrive. Ending the iteration early closes the connection. */
export async function* messagesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<SseMessage> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const parser = new SseParser();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield* parser.push(decoder.decode(value, { stream: true }));
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
