/** How the SDK's client gets its tokens. Nothing is written to disk: each run signs in anew. */
import { createServer } from "node:http";

/** A token that somebody else got. */
export class GivenToken {
  #token;

  constructor(token) {
    this.#token = token;
  }

  async token() {
    return this.#token;
  }
}

/** What both ways of asking an authorization server share: a client that was registered before, and a memory. */
class RegisteredClient {
  #client;
  #saved = {};

  constructor(client) {
    this.#client = client;
  }

  clientInformation() {
    return this.#client;
  }

  tokens() {
    return this.#saved.tokens;
  }

  saveTokens(tokens) {
    this.#saved.tokens = tokens;
  }

  discoveryState() {
    return this.#saved.discovery;
  }

  saveDiscoveryState(state) {
    this.#saved.discovery = state;
  }

  saveCodeVerifier(verifier) {
    this.#saved.verifier = verifier;
  }

  codeVerifier() {
    return this.#saved.verifier;
  }
}

/**
 * A person signs in: authorization code with PKCE, and a listener on this machine that the code comes back to. A script
 * that plays the person follows the redirects itself; otherwise the address to open is printed.
 */
export class PersonSignIn extends RegisteredClient {
  asked = [];
  #callback;
  #listener;
  #script;
  #state;

  static async listening(clientId, options) {
    const signIn = new PersonSignIn(clientId, options);
    await new Promise((resolve) => signIn.#listener.listen(options.port ?? 0, "127.0.0.1", resolve));
    return signIn;
  }

  constructor(clientId, { script, sendResource = true }) {
    super({ client_id: clientId });
    this.#script = script;
    this.#listener = createServer((request, response) => {
      const address = new URL(request.url, this.redirectUrl);
      if (address.pathname !== "/callback") {
        response.writeHead(404).end();
        return;
      }
      response.setHeader("Content-Type", "text/plain").end("You are signed in; this window can be closed.\n");
      this.#callback?.(address.searchParams);
    });
    if (!sendResource) {
      // The SDK's own hook; what it answers is sent as `resource` (RFC 8707), and undefined is not sent.
      this.validateResourceURL = async () => undefined;
    }
  }

  get redirectUrl() {
    return `http://127.0.0.1:${this.#listener.address().port}/callback`;
  }

  get clientMetadata() {
    return { client_name: "order-desk", redirect_uris: [this.redirectUrl], token_endpoint_auth_method: "none" };
  }

  state() {
    this.#state = crypto.randomUUID();
    return this.#state;
  }

  /** The code of the sign-in that was begun last, with all that came along. */
  answer;

  async redirectToAuthorization(address) {
    this.asked.push(Object.fromEntries(address.searchParams));
    this.answer = new Promise((resolve) => (this.#callback = resolve)).then((answer) => {
      if (answer.get("state") !== this.#state) {
        throw new Error("The answer belongs to another sign-in");
      }
      return answer;
    });
    if (this.#script === undefined) {
      console.error(`Open this address to sign in:\n${address}`);
      return;
    }
    Object.entries(this.#script).forEach(([name, value]) => address.searchParams.set(name, value));
    await (await fetch(address)).text();
  }

  close() {
    this.#listener.close();
    this.#listener.closeAllConnections();
  }
}

/** An agent as itself: client credentials. Entra wants the resource's `.default` for these, whatever a challenge says. */
export class AgentSignIn extends RegisteredClient {
  asked = [];
  redirectUrl = undefined;
  clientMetadata = { client_name: "order-desk", redirect_uris: [], grant_types: ["client_credentials"] };
  validateResourceURL = async () => undefined;

  constructor(clientId, clientSecret) {
    super({ client_id: clientId, client_secret: clientSecret });
  }

  prepareTokenRequest(scope) {
    const resource = scope.split(" ")[0].replace(/\/[^/]*$/, "");
    this.asked.push({ scope: `${resource}/.default` });
    return new URLSearchParams({ grant_type: "client_credentials", scope: `${resource}/.default` });
  }

  close() {}
}
