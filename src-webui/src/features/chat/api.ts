import { FailureError } from "../../lib/failure";
import { postForStream, postJson, type TokenSource } from "../../lib/http";
import { type RunEvent, runEventOf } from "../../lib/run-events";
import { messagesOf } from "../../lib/sse";

/** A new question, or the two ways on from a turn that waits. */
export type ChatRequest =
  | { readonly message: string; readonly conversation_id?: string; readonly agent?: string }
  | { readonly conversation_id: string; readonly resume: true }
  | { readonly conversation_id: string; readonly decline: true };

/** Runs one request and tells its events as they arrive. */
export type RunChat = (request: ChatRequest, signal: AbortSignal) => AsyncIterable<RunEvent>;

/** The chat endpoint. A stream that ends before its run did is a failure of its own. */
export function chatApi(tokens: TokenSource): RunChat {
  return async function* run(request, signal) {
    const response = await postForStream("/api/v1/chat", request, tokens, signal);
    if (response.body === null || !isEventStream(response))
      throw new FailureError({ reason: "not_a_stream" });
    try {
      for await (const message of messagesOf(response.body)) {
        const event = runEventOf(message.data);
        if (event === undefined) continue;
        yield event;
        if (event.type === "finished" || event.type === "waiting" || event.type === "failed") return;
      }
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof FailureError ? error : new FailureError({ reason: "stream_interrupted" });
    }
    throw new FailureError({ reason: "stream_interrupted" });
  };
}

/** What the person answers to a consent that this server asks for. */
export type ConsentDecision = "allow" | "deny";

export type DecideConsent = (id: string, decision: ConsentDecision) => Promise<void>;

export function consentApi(tokens: TokenSource): DecideConsent {
  return async (id, decision) => {
    await postJson(`/api/v1/consents/${encodeURIComponent(id)}`, { decision }, tokens);
  };
}

function isEventStream(response: Response): boolean {
  return response.headers.get("Content-Type")?.startsWith("text/event-stream") === true;
}
