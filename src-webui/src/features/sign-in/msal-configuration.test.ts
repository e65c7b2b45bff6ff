import { PublicClientApplication } from "@azure/msal-browser";
import { expect, test } from "vitest";
import { parseConfig } from "../../lib/config";
import { msalConfiguration } from "./msal-configuration";

const home = "https://orders.example/";
const cloud = {
  clientId: "66666666-7777-4888-8999-aaaaaaaaaaaa",
  authority: "https://login.microsoftonline.com/11111111-2222-4333-8444-555555555555",
  knownAuthorities: [],
  scopes: ["api://orders/Orders.Read"],
  environment: "prod",
};

test("in the cloud MSAL finds the authority's metadata itself", () => {
  const { auth } = msalConfiguration(parseConfig(cloud), home);
  expect(auth.authority).toBe(cloud.authority);
  expect(auth.knownAuthorities).toEqual([]);
  expect(auth).not.toHaveProperty("authorityMetadata");
});

test("metadata from the server reaches MSAL as it came", () => {
  const authorityMetadata = '{"issuer":"http://localhost:9180/t/v2.0"}';
  const local = { ...cloud, knownAuthorities: ["localhost:9180"], authorityMetadata };
  const { auth } = msalConfiguration(parseConfig(local), home);
  expect(auth.authorityMetadata).toBe(authorityMetadata);
  expect(auth.knownAuthorities).toEqual(["localhost:9180"]);
});

test("people come back to the page itself, after signing in and after signing out", () => {
  const { auth } = msalConfiguration(parseConfig(cloud), home);
  expect(auth.redirectUri).toBe(home);
  expect(auth.postLogoutRedirectUri).toBe(home);
});

test("tokens live in the tab, not beyond it", () => {
  expect(msalConfiguration(parseConfig(cloud), home).cache?.cacheLocation).toBe("sessionStorage");
});

test("MSAL takes the configuration", () => {
  const app = new PublicClientApplication(msalConfiguration(parseConfig(cloud), home));
  expect(app.getConfiguration().auth.clientId).toBe(cloud.clientId);
});
