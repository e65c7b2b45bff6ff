import { describe, expect, it } from "vitest";
import { retryHelps, signInHelps } from "./failure";

describe("a failure", () => {
  it.each([
    "session_expired",
    "sign_in_failed",
    "sign_in_required",
    "sign_in_again",
    "invalid_token",
    "step_up_needed",
  ])("is mended by another sign-in: %s, in a stream as well", (reason) => {
    expect(signInHelps({ reason })).toBe(true);
  });

  it("is mended by another sign-in wherever the status says so", () => {
    expect(signInHelps({ reason: "http_401", status: 401 })).toBe(true);
    expect(signInHelps({ reason: "http_403", status: 403 })).toBe(false);
  });

  it.each(["not_assigned", "agent_unavailable", "network", "consent_of_administrator_needed"])(
    "is not blamed on the sign-in: %s",
    (reason) => {
      expect(signInHelps({ reason })).toBe(false);
    },
  );

  it.each([
    "network",
    "agent_unavailable",
    "agent_failed",
    "busy",
    "rate_limited",
    "nothing_waits",
    "not_assigned",
    "conversation_not_found",
    "conversation_gone",
  ])("may pass, so that the message can be tried again: %s", (reason) => {
    expect(retryHelps({ reason })).toBe(true);
  });

  it.each([
    "value_invalid",
    "body_too_large",
    "app_may_not_chat",
    "role_not_sufficient",
    "step_up_needed",
    "authentication_off",
  ])("does not pass by trying again: %s", (reason) => {
    expect(retryHelps({ reason })).toBe(false);
  });

  it("does not pass by trying again where the server asks for a sign-in", () => {
    expect(retryHelps({ reason: "http_401", status: 401 })).toBe(false);
  });
});
