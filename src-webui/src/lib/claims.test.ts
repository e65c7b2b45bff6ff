import { describe, expect, it } from "vitest";
import { claimsOf, isFirstAttempt } from "./claims";
import { memoryStorage } from "./storage.fixture";

const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
const challenge = (encoded: string) =>
  `Bearer realm="", error="insufficient_claims", error_description="more", claims="${encoded}"`;

describe("a challenge for claims", () => {
  it("is understood in both alphabets of base64", () => {
    expect(claimsOf(challenge(btoa(claims)))).toBe(claims);
    const umlauts = '{"a":"\u00fb\u00ff\u00fe???>>>"}';
    const bytes = String.fromCharCode(...new TextEncoder().encode(umlauts));
    const urlSafe = btoa(bytes).replaceAll("+", "-").replaceAll("/", "_");
    expect(claimsOf(challenge(urlSafe))).toBe(umlauts);
  });

  it.each([
    ["another error", challenge(btoa(claims)).replace("insufficient_claims", "invalid_token")],
    ["no claims", 'Bearer error="insufficient_claims"'],
    ["no JSON", challenge(btoa("{"))],
    ["no object", challenge(btoa("[1]"))],
    ["no base64", challenge("a===b")],
    ["more than any real one has", challenge(btoa(`{"a":"${"x".repeat(5_000)}"}`))],
    ["nothing at all", null],
  ])("is none with %s", (_, header) => {
    expect(claimsOf(header)).toBeUndefined();
  });

  it("is followed once for the same claims", () => {
    const storage = memoryStorage();
    expect(isFirstAttempt(storage, claims)).toBe(true);
    expect(isFirstAttempt(storage, claims)).toBe(false);
    expect(isFirstAttempt(storage, "{}")).toBe(true);
  });

  it("is not followed where nothing could bound the attempts", () => {
    const full: Storage = {
      ...memoryStorage(),
      setItem: () => {
        throw new Error("full");
      },
    };
    expect(isFirstAttempt(full, claims)).toBe(false);
  });
});
