import { describe, expect, it } from "vitest";
import { memoryStorage } from "../../lib/storage.fixture";
import { type Conversation } from "./conversation";
import { keep, rememberedOpen, rememberOpen, takeBack } from "./keepsake";

const done = { id: "1", question: "a", askedAt: 0, status: "done", parts: [], hops: [] } as const;
const running = {
  id: "2",
  question: "Show ORD-003",
  askedAt: 0,
  status: "running",
  parts: [],
  hops: [],
} as const;
const conversation: Conversation = { id: "conv", turns: [done, running] };

describe("a keepsake", () => {
  it("puts the question that was not answered back into the message box", () => {
    const storage = memoryStorage();
    keep(storage, "vic", conversation, "");
    expect(takeBack(storage, "vic")).toEqual({
      conversation: { id: "conv", turns: [done] },
      draft: "Show ORD-003",
    });
  });

  it("puts a question that needed another sign-in back into the message box, and no other that failed", () => {
    const storage = memoryStorage();
    const failed = (reason: string) => ({ ...running, status: "failed", failure: { reason } }) as const;
    keep(storage, "vic", { id: "conv", turns: [done, failed("step_up_needed")] }, "");
    expect(takeBack(storage, "vic")).toEqual({
      conversation: { id: "conv", turns: [done] },
      draft: "Show ORD-003",
    });
    keep(storage, "vic", { id: "conv", turns: [done, failed("agent_failed")] }, "");
    expect(takeBack(storage, "vic")).toEqual({
      conversation: { id: "conv", turns: [done, failed("agent_failed")] },
      draft: "",
    });
  });

  it("loses neither a question nor what the person was writing", () => {
    const storage = memoryStorage();
    keep(storage, "vic", conversation, "half a question");
    expect(takeBack(storage, "vic")?.draft).toBe("Show ORD-003\n\nhalf a question");
    keep(storage, "vic", { turns: [done] }, "half a question");
    expect(takeBack(storage, "vic")?.draft).toBe("half a question");
  });

  it("is for the same person, and for once", () => {
    const storage = memoryStorage();
    keep(storage, "vic", conversation, "");
    expect(takeBack(storage, "ada")).toBeUndefined();
    expect(takeBack(storage, "vic")).toBeUndefined();
  });
});

describe("the conversation that is open", () => {
  it("is remembered for the same person until there is none", () => {
    const storage = memoryStorage();
    rememberOpen(storage, "vic", "conv");
    expect(rememberedOpen(storage, "vic")).toBe("conv");
    expect(rememberedOpen(storage, "ada")).toBeUndefined();
    rememberOpen(storage, "vic", undefined);
    expect(rememberedOpen(storage, "vic")).toBeUndefined();
  });

  it("is none where the storage holds something else", () => {
    const storage = memoryStorage();
    storage.setItem("throughline.conversation", "{");
    expect(rememberedOpen(storage, "vic")).toBeUndefined();
  });
});
