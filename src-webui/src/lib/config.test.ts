import { describe, expect, it } from "vitest";
import { parseConfig } from "./config";

const config = {
  clientId: "id",
  authority: "https://login.example/t",
  knownAuthorities: [],
  scopes: ["api://x/Orders.Read"],
  agent: { name: "orders-assistant" },
  environment: "local",
  consentLinkHosts: ["localhost"],
  authRequired: true,
};

describe("the settings", () => {
  it("are taken as the server sends them", () => {
    expect(parseConfig(config)).toMatchObject({
      clientId: "id",
      agentName: "orders-assistant",
      authRequired: true,
    });
  });

  it.each(["clientId", "authority", "scopes"])("name %s where it is missing", (name) => {
    expect(() => parseConfig({ ...config, [name]: undefined })).toThrow(name);
  });

  it("ask for sign-in unless the server says in so many words that it asks for none", () => {
    expect(parseConfig({ ...config, authRequired: undefined }).authRequired).toBe(true);
    expect(parseConfig({ authRequired: false }).authRequired).toBe(false);
  });

  it("tell what reading the audit log needs, where there is one", () => {
    const auditScopes = ["api://x/Orders.Audit"];
    expect(parseConfig({ ...config, auditScopes }).auditScopes).toEqual(auditScopes);
    expect(parseConfig(config).auditScopes).toEqual([]);
  });

  it("count as production where the server does not say", () => {
    expect(parseConfig({ ...config, environment: undefined }).environment).toBe("prod");
  });
});
