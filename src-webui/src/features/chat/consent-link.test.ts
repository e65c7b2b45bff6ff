import { describe, expect, it } from "vitest";
import { type LinkRules, safeConsentLink } from "./consent-link";

const cloud: LinkRules = { environment: "prod", consentLinkHosts: ["login.example", "*.consent.example"] };
const local: LinkRules = { environment: "local", consentLinkHosts: ["localhost"] };

describe("a consent link", () => {
  it("may lead to a listed host over https", () => {
    expect(safeConsentLink("https://login.example/x?data=1", cloud)).toBe("https://login.example/x?data=1");
    expect(safeConsentLink("https://eu-1.consent.example/", cloud)).toBe("https://eu-1.consent.example/");
  });

  it("may use plain http on loopback on a developer's machine only", () => {
    expect(safeConsentLink("http://localhost:9181/x", local)).toBe("http://localhost:9181/x");
    expect(safeConsentLink("http://localhost:9181/x", { ...local, environment: "dev" })).toBeUndefined();
  });

  it.each([
    ["another host", "https://evil.example/"],
    ["a host that only begins like a listed one", "https://login.example.evil.example/"],
    ["a host that only ends like a listed one", "https://evillogin.example/"],
    ["the parent of a wildcard", "https://consent.example/"],
    ["plain http", "http://login.example/"],
    ["credentials", "https://login.example@evil.example/"],
    ["credentials at the right host", "https://a:b@login.example/"],
    ["a script", "javascript:alert(1)"],
    ["a data address", "data:text/html,x"],
    ["no address", "login.example"],
    ["nothing", undefined],
  ])("is not offered with %s", (_, link) => {
    expect(safeConsentLink(link, cloud)).toBeUndefined();
  });
});
