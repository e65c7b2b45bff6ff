/**
 * The order desk by the TypeScript SDK: finds out how to sign in, signs in, lists the tools and calls some.
 *
 *     node run.mjs order-desk http://localhost:9080/api/v1/mcp --client-id <id> [--call list-orders '{"limit":3}'] …
 *
 * Without more, the person opens the address that is printed. `--login-hint` has the local Entra stand-in take the
 * person's part, who accepts, or with `--consent decline` does not. `--client-secret-env` names the variable that holds
 * an agent's own secret; `--token-env` the one that holds a token that somebody else got. What came of it is printed as
 * one JSON document.
 */
import { parseArgs } from "node:util";
import { Client, StreamableHTTPClientTransport, UnauthorizedError } from "@modelcontextprotocol/client";
import { AgentSignIn, GivenToken, PersonSignIn } from "./sign-in.mjs";

const MODES = { legacy: "legacy", auto: "auto", modern: { pin: "2026-07-28" } };

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    "client-id": { type: "string" },
    "client-secret-env": { type: "string" },
    "token-env": { type: "string" },
    "login-hint": { type: "string" },
    consent: { type: "string", default: "accept" },
    "callback-port": { type: "string", default: "0" },
    "no-resource": { type: "boolean", default: false },
    era: { type: "string", default: "auto" },
    call: { type: "string", multiple: true, default: [] },
  },
});
const [endpoint, ...argumentsOfCalls] = positionals;
const address = new URL(endpoint);
const signIn = await signInMethod();

try {
  console.log(JSON.stringify(await visit()));
} catch (error) {
  console.log(JSON.stringify({ error: described(error), asked: signIn?.asked }));
  process.exitCode = 1;
} finally {
  signIn?.close?.();
}

async function signInMethod() {
  if (options["token-env"] !== undefined) {
    return new GivenToken(process.env[options["token-env"]]);
  }
  if (options["client-secret-env"] !== undefined) {
    return new AgentSignIn(options["client-id"], process.env[options["client-secret-env"]]);
  }
  if (options["client-id"] === undefined) {
    return undefined;
  }
  const hint = options["login-hint"];
  return PersonSignIn.listening(options["client-id"], {
    port: Number(options["callback-port"]),
    sendResource: !options["no-resource"],
    script: hint === undefined ? undefined : { login_hint: hint, consent: options.consent },
  });
}

async function visit() {
  const client = await connected();
  const { tools } = await signedIn(client, () => client.listTools());
  const calls = [];
  for (const [index, name] of options.call.entries()) {
    const sent = JSON.parse(argumentsOfCalls[index] ?? "{}");
    calls.push(await called(client, name, sent));
  }
  const seen = {
    protocolVersion: client.getNegotiatedProtocolVersion(),
    server: client.getServerVersion()?.name,
    tools: tools.map((tool) => tool.name),
    calls,
    asked: signIn?.asked,
  };
  await client.close();
  return seen;
}

/** A refusal of one call does not end the visit: others may be allowed. */
async function called(client, name, sent) {
  try {
    const result = await signedIn(client, () => client.callTool({ name, arguments: sent }));
    return { name, isError: result.isError === true, text: result.content[0]?.text, content: result.structuredContent };
  } catch (error) {
    return { name, error: described(error) };
  }
}

async function connected() {
  const client = newClient();
  try {
    await client.connect(transport());
    return client;
  } catch (error) {
    await finish(error);
  }
  const admitted = newClient();
  await admitted.connect(transport());
  return admitted;
}

/** Does something, and once more where it turned out that the person has to sign in, or to allow more. */
async function signedIn(client, act) {
  try {
    return await act();
  } catch (error) {
    await finish(error);
    return act();
  }
}

/** The second half of a sign-in, where that is what an error asks for. */
async function finish(error) {
  if (!(error instanceof UnauthorizedError) || signIn?.answer === undefined) {
    throw error;
  }
  await transport().finishAuth(await signIn.answer);
}

function newClient() {
  return new Client(
    { name: "order-desk", version: "1.0.0" },
    { versionNegotiation: { mode: MODES[options.era] ?? options.era } },
  );
}

function transport() {
  return new StreamableHTTPClientTransport(address, { authProvider: signIn });
}

function described(error) {
  return {
    name: error.constructor.name,
    code: error.code,
    status: error.status ?? error.data?.status,
    message: error.message,
  };
}
