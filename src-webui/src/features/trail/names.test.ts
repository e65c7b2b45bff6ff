import { expect, test } from "vitest";
import { parseConfig } from "../../lib/config";
import { text } from "../../text/en";
import { namesOf } from "./names";

const config = parseConfig({
  clientId: "the-chat",
  authority: "https://login.example/t",
  scopes: ["api://the-api/Orders.Read", "api://the-api/Orders.Write"],
});

test("names the chat, the API and the person who is signed in", () => {
  const names = namesOf(config, { id: "vic", name: "Vic Viewer" });
  expect(names.get("the-chat")).toBe(text.trail.thisApp);
  expect(names.get("the-api")).toBe(text.trail.thisServer);
  expect(names.get("api://the-api")).toBe(text.trail.thisServer);
  expect(names.get("vic")).toBe("Vic Viewer");
});

test("anybody and anything else stays an id", () => {
  const names = namesOf(config, { id: "vic", name: "Vic Viewer" });
  expect(names.get("ana")).toBeUndefined();
  expect(names.get("https://ai.azure.com")).toBeUndefined();
});

test("without a sign-in nobody and nothing is named", () => {
  expect([...namesOf(parseConfig({ authRequired: false }), null)]).toEqual([]);
});

test("scopes of another form name nothing", () => {
  const other = parseConfig({
    clientId: "c",
    authority: "https://a.example",
    scopes: ["openid", "https://x/y"],
  });
  expect([...namesOf(other, null).keys()]).toEqual(["c"]);
});
