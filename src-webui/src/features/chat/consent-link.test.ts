import { describe, expect, it } from "vitest";
import { type LinkRules, safeConsentLink } from "./consent-link";

// The rows are those of the server's ConsentLinksTest: a link that it passes on is one that the page offers.
const cloud: LinkRules = { environment: "prod", consentLinkHosts: ["Login.Example", "*.Consent.example"] };
const local: LinkRules = { environment: "local", consentLinkHosts: ["localhost"] };

describe("a consent link", () => {
  it.each([
    "https://login.example/x?data=1",
    "https://login.example:8443/x",
    "https://eu-1.consent.example/",
    "https://a.eu-1.consent.example/",
  ])("may lead to a listed host over https: %s", (link) => {
    expect(safeConsentLink(link, cloud)).toBe(link);
  });

  it("may write its host in capitals", () => {
    expect(safeConsentLink("https://LOGIN.example/x", cloud)).toBe("https://login.example/x");
  });

  it("may use plain http on loopback on a developer's machine only", () => {
    expect(safeConsentLink("http://localhost:9181/x", local)).toBe("http://localhost:9181/x");
    expect(safeConsentLink("http://localhost:9181/x", { ...local, environment: "dev" })).toBeUndefined();
    expect(safeConsentLink("http://127.0.0.1:9181/x", local)).toBeUndefined();
    expect(safeConsentLink("http://login.example/x", local)).toBeUndefined();
  });

  it.each(["login.example:8443", "*", "*.", "https://login.example", ""])(
    "leads nowhere by a list with '%s', which is no host",
    (entry) => {
      const rules: LinkRules = { environment: "local", consentLinkHosts: [entry] };
      expect(safeConsentLink("https://login.example:8443/", rules)).toBeUndefined();
      expect(safeConsentLink("https://login.example./", rules)).toBeUndefined();
    },
  );

  it.each([
    ["another host", "https://evil.example/"],
    ["a host that only begins like a listed one", "https://login.example.evil.example/"],
    ["a host that only ends like a listed one", "https://evillogin.example/"],
    ["a host below a listed one", "https://sub.login.example/"],
    ["the parent of a wildcard", "https://consent.example/"],
    ["nothing before a wildcard's parent", "https://.consent.example/"],
    ["a host that only ends like a wildcard's parent", "https://evilconsent.example/"],
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
