import { describe, expect, it } from "vitest";
import { messagesOf, SseParser } from "./sse";

const stream = 'event: RUN_STARTED\ndata: {"a":1}\n\n: keep-alive\n\ndata: one\ndata: two\n\n';
const messages = [
  { event: "RUN_STARTED", data: '{"a":1}' },
  { event: "message", data: "one\ntwo" },
];

describe("an event stream", () => {
  it("gives the same messages wherever its chunks are cut", () => {
    for (let cut = 0; cut <= stream.length; cut++) {
      const parser = new SseParser();
      expect([...parser.push(stream.slice(0, cut)), ...parser.push(stream.slice(cut))]).toEqual(messages);
    }
  });

  it("may end its lines with LF, CR or CR LF, also where a chunk border cuts a CR LF in two", () => {
    for (const end of ["\n", "\r", "\r\n"]) {
      const parser = new SseParser();
      const parsed = [...stream.replaceAll("\n", end)].flatMap((character) => parser.push(character));
      // A lone CR at the very end is a whole line ending, so the last message is there in every case.
      expect(parsed).toEqual(messages);
    }
  });

  it("says nothing in comments, unknown fields and messages without data", () => {
    expect(new SseParser().push(": hello\nid: 7\nretry: 10\nevent: x\n\n")).toEqual([]);
  });

  it("loses one space after the colon, and only one", () => {
    expect(new SseParser().push("data:  x\n\n")).toEqual([{ event: "message", data: " x" }]);
  });

  it("may begin with a byte order mark", () => {
    expect(new SseParser().push("\uFEFFdata: x\n\n")).toEqual([{ event: "message", data: "x" }]);
  });

  it("drops a message that the end of the stream cut off", () => {
    expect(new SseParser().push("data: half")).toEqual([]);
  });

  it("may not grow without bound", () => {
    const parser = new SseParser();
    expect(() => {
      for (let i = 0; i < 30; i++) parser.push(`data: ${"x".repeat(50_000)}\n`);
    }).toThrow(RangeError);
  });

  it("keeps characters whole whose bytes arrive in two chunks", async () => {
    const bytes = new TextEncoder().encode("data: Grüße\n\n");
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    const parsed = [];
    for await (const message of messagesOf(body)) parsed.push(message);
    expect(parsed).toEqual([{ event: "message", data: "Grüße" }]);
  });
});
