import { expect, it } from "vitest";
import { agentOf } from "./api";

it("an agent is usable only where the server says so in so many words", () => {
  const agent = { name: "night-agent", kind: "prompt", route: "oauth", usable: true };
  expect(agentOf(agent)).toEqual(agent);
  for (const usable of [undefined, null, "true", 1])
    expect(agentOf({ ...agent, usable })).toMatchObject({ usable: false });
  expect(agentOf({ ...agent, name: "" })).toBeUndefined();
  expect(agentOf({ ...agent, acts_as_itself: true })).toEqual({ ...agent, actsAsItself: true });
  expect(agentOf({ ...agent, acts_as_itself: "true" })).toEqual(agent);
});
