import { describe, expect, it } from "vitest";
import { collect } from "./export";

const never = new AbortController().signal;

/** An answer whose body comes in these parts, and then breaks off where that is wanted. */
function inParts(parts: readonly string[], broken = false): Response {
  let at = 0;
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const part = parts[at++];
      if (part !== undefined) controller.enqueue(encoder.encode(part));
      else if (broken) controller.error(new TypeError("terminated"));
      else controller.close();
    },
  });
  return new Response(body, { headers: { "Content-Type": "application/x-ndjson" } });
}

describe("the download of the log", () => {
  it("is what came, byte for byte, and tells how far it is", async () => {
    const progress: number[] = [];
    const log = await collect(inParts(["{}\n", '{"a":"', 'é"}\n']), never, (bytes) => progress.push(bytes));
    expect(await log.text()).toBe('{}\n{"a":"é"}\n');
    expect(log.type).toBe("application/x-ndjson");
    expect(progress).toEqual([3, 9, 14]);
  });

  it.each([
    ["breaks off", inParts(["{}\n"], true)],
    ["ends within a line", inParts(["{}\n", '{"a"'])],
    ["is empty", inParts([])],
  ])("is none where it %s", async (_, answer) => {
    await expect(collect(answer, never, () => undefined)).rejects.toMatchObject({
      failure: { reason: "stream_interrupted" },
    });
  });

  it("ends as aborted where the person cancels it", async () => {
    const abort = new AbortController();
    abort.abort();
    await expect(collect(inParts(["{}\n"], true), abort.signal, () => undefined)).rejects.toMatchObject({
      name: "AbortError",
    });
  });
});
