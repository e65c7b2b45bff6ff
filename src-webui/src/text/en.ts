import { type Failure } from "../lib/failure";

/** Every word that the page says by itself, in one place. */
export const text = {
  product: "Throughline",
  tagline: "Ask the order desk. See who is asking, at every hop.",
  loading: "Getting ready…",

  signIn: {
    intro:
      "Throughline puts an agent in front of your orders without losing who is asking. " +
      "You see what you may see, whoever does the work for you.",
    button: "Sign in",
    busy: "Taking you to the sign-in page…",
    points: [
      ["One identity", "The agent works with your rights, never with more."],
      ["You allow it first", "An agent that wants to act for you asks for your consent."],
      ["Every hop on record", "The trail shows whose identity each step carried, and how that is known."],
    ],
    notFinished: "The sign-in was not finished. You can simply try again.",
  },
  header: {
    signedInAs: "Signed in as",
    signOut: "Sign out",
    agent: "Agent",
    newChat: "New chat",
    trail: "Trail",
    skip: "Skip to the message box",
  },
  open: {
    label: "Warning",
    banner:
      "Proof of concept: authentication is off. Whoever reaches this server may see and change its orders, always as the same made-up user.",
    title: "The chat is off here",
    intro:
      "An agent answers in the name of a signed-in person, and this server asks nobody to sign in. Programs can use the orders over REST and MCP. To chat, the server's operator has to switch authentication on.",
  },
  modes: {
    guided: { name: "Guided mode", note: "no language model" },
    model: { name: "Language model" },
  } as Record<string, { readonly name: string; readonly note?: string }>,

  chat: {
    log: "Conversation",
    emptyTitle: "What would you like to know?",
    emptyIntro: (agent: string) =>
      `Ask ${agent} about orders in your own words. It acts for you and sees what you may see.`,
    agentFallback: "the agent",
    suggestions: ["List my orders", "Show ORD-003", "Who am I?", "Help"],
    suggestionsLabel: "Suggestions",
    you: "You",
    composerLabel: "Your message",
    placeholder: "Ask about your orders…",
    hint: "Enter sends, Shift+Enter starts a new line",
    hintRunning: "Esc stops the answer",
    hintWaiting: "Answer the request above first",
    send: "Send",
    stop: "Stop",
    working: "Working…",
    stopped: "You stopped this answer.",
    declined: "You did not allow it, so nothing was done.",
    noText: "The agent ended its turn without an answer.",
    copy: "Copy answer",
    copied: "Copied",
    retry: "Try again",
    table: "Table; scrolls sideways",
    code: "Code; scrolls sideways",
    toBottom: "Jump to the latest message",
    announceAnswer: (answer: string) => `Answer: ${answer}`,
    announceWorking: "Working on an answer",
    announceConsent: (agent: string) => `${agent} asks for your permission`,
    announceStopped: "Answer stopped",
  },
  tool: {
    status: { running: "running", done: "done", failed: "not completed" },
    called: "Tool",
    args: "Arguments",
    result: "Result",
    noDetails: "No arguments and no result were reported.",
  },
  consent: {
    title: (agent: string) => `${agent} asks for your permission`,
    someAgent: "An agent",
    why: "To answer this, it has to use the order desk in your name. It will never be able to do more there than you can.",
    wants: "It wants to",
    open: "Review and allow",
    openAgain: "Open the page again",
    newTab: "opens in a new tab",
    decline: "Not now",
    check: "I have allowed it",
    waiting: "Waiting for you to finish in the other tab. The answer goes on here by itself.",
    pollsUsedUp: "Still waiting. Come back to this window when you are done, or choose “I have allowed it”.",
    unsafe:
      "The link that came with this request does not lead to a place this server trusts, so it is not offered.",
    scopes: {
      "Orders.Read": "read the orders that you may see",
      "Orders.Write": "create, change and delete orders where you may",
      "Orders.Audit": "read the audit log where you may",
      user_impersonation: "use the order desk as you",
      openid: "know that it is you",
      profile: "see your name",
      email: "see your e-mail address",
      offline_access: "keep this permission until you take it back",
    } as Record<string, string>,
  },
  error: {
    title: "That did not work",
    correlation: "Correlation id",
    retry: "Try again",
    signIn: "Sign in again",
    tooMuch: (wait: string) => `That was too much at once. Try again in ${wait}.`,
    seconds: (n: number) => (n === 1 ? "one second" : `${n} seconds`),
    minutes: (n: number) => `${n} minutes`,
  },
  trail: {
    title: "Identity trail",
    subtitle: "The hops of the last answer",
    emptyTitle: "Nothing to show yet",
    empty:
      "After an answer you see each hop it took: from whom to whom, for which person, through which agent, with which token, and what was decided. Only what the server tells is shown.",
    pending: "The hops appear while the answer is under way.",
    copy: "Copy as JSON",
    copied: "Copied",
    copyFailed: "Copying is not allowed here",
    close: "Close the trail",
    hop: (n: number) => `Hop ${n}`,
    to: "to",
    times: (n: number) => `${n} times`,
    user: "User",
    agent: "Agent",
    client: "Client",
    audience: "Audience",
    scopes: "Scopes",
    obtained: "Obtained",
    decision: "Decision",
    rule: "Rule",
    thisApp: "this web chat",
    thisServer: "this server",
    legend: "How a hop is known",
    evidence: {
      verified: { name: "verified", meaning: "This server checked the token or the row itself." },
      issued: { name: "issued", meaning: "This server obtained the token for this hop." },
      reported: { name: "reported", meaning: "The agent service said so; nobody here could check it." },
    },
  },
};

/** One sentence for each reason that the server or the page can name. */
export const failures: Readonly<Record<string, string>> = {
  network: "The server cannot be reached. Check your connection and try again.",
  stream_interrupted: "The connection broke before the answer was complete.",
  not_a_stream: "The server answered in a form that this page does not understand.",
  interrupt_unknown: "The answer waits for something that this page cannot show yet.",
  unexpected: "Something unexpected went wrong on this page.",
  config_incomplete: "The server's sign-in settings are incomplete.",
  run_failed: "The agent could not finish this answer.",

  session_expired: "Your session has ended. Sign in again; your message is kept.",
  sign_in_failed: "The sign-in service did not give a token. Sign in again; your message is kept.",
  sign_in_required: "Your session has ended. Sign in again; your message is kept.",
  sign_in_again: "Your sign-in is no longer good for this. Sign in again; your message is kept.",
  invalid_token: "The server did not accept your sign-in. Sign in again; your message is kept.",
  step_up_needed: "Your organisation asks for a stronger sign-in. Sign in again; your message is kept.",
  user_required: "Only a person can ask the agents; sign in as one.",
  client_not_registered: "This app is not registered at the server. Its operator has to look into it.",
  insufficient_scope: "This sign-in does not cover what you asked for.",
  role_not_sufficient: "Your role does not allow this. Ask an administrator of the order desk.",
  other_tenant: "There is no such order.",
  not_owner: "There is no such order.",
  agent_identity_shared:
    "Several agents share this identity, so it may not touch data. Choose another agent.",
  sign_in_ended: "Your sign-in has ended. Sign in again; your message is kept.",
  mcp_only: "This agent may use the tools of the MCP endpoint only.",
  reading_only: "This agent may only read.",
  app_may_not_chat: "This app may not talk to agents. Its operator has to look into it.",
  tool_not_granted: "This agent has not been granted that tool. Ask your administrator.",
  approval_not_available:
    "An agent may change orders only with your approval, and approvals are not available yet.",
  not_assigned: "You are not assigned to this agent project. Ask its owner for access.",
  consent_of_administrator_needed: "Your administrator has to allow this application to talk to the agents.",
  consent_link_refused:
    "The agent service wanted to send you to a place that is not allowed. Tell your administrator.",

  agent_unavailable: "The agent cannot be reached right now. Try again in a moment.",
  agent_misconfigured: "The server is not set up for this agent. Its operator has to look into it.",
  agent_failed: "The agent could not finish this answer.",
  agent_not_found: "This agent is not there any more. Trying again starts a new conversation.",
  nothing_waits: "There is nothing left to go on with. Ask again.",
  conversation_not_found: "This conversation no longer exists. Trying again starts a new one.",
  conversation_gone: "The agent service no longer knows this conversation. Trying again starts a new one.",
  authentication_off:
    "Authentication is off on this server, so there is nobody in whose name an agent could answer.",
  rate_limited: "That was too much at once. Wait a moment and try again.",
  busy: "Too many people are asking right now. Try again in a moment.",
  unavailable: "The service is not available right now. Try again in a moment.",
  internal_error: "Something went wrong at the server. Tell your administrator the correlation id.",

  invalid_request: "The server did not understand how this page signs its requests.",
  request_invalid: "The server did not understand the message.",
  bad_request: "The server did not understand the message.",
  body_invalid: "The server did not understand the message.",
  value_invalid: "The server cannot take this message as it is.",
  value_missing: "The server misses something in this message.",
  property_unknown: "The server does not know something in this message. Reload the page.",
  body_too_large: "The message is too long.",
  too_large: "The message is too long.",
  headers_too_large: "The request is too large for the server.",
  body_incomplete: "The message did not arrive whole. Try again.",
  body_too_slow: "The message took too long to arrive. Try again.",
  body_end_unclear: "Something between this page and the server changed the request. Try again.",
  length_required: "Something between this page and the server changed the request.",
  body_encoded: "Something between this page and the server changed the request.",
  protocol_not_supported: "Something between this page and the server speaks another protocol.",
  method_unknown: "Something between this page and the server changed the request.",
  address_too_long: "The request is too large for the server.",
  header_malformed: "Something between this page and the server changed the request.",
  header_repeated: "Something between this page and the server changed the request.",
  host_missing: "Something between this page and the server changed the request.",
  host_not_allowed: "The server does not answer at this address. Ask your administrator for the right one.",
  host_mismatch: "The server does not answer at this address. Ask your administrator for the right one.",
  origin_not_allowed:
    "Pages of this address may not use the server. Ask your administrator for the right one.",
  not_found: "There is nothing at this address.",
  method_not_allowed: "The server does not take messages at this address.",
  media_type_not_supported: "The server does not take messages in this form.",
  not_acceptable: "The server cannot answer in the form that this page asks for.",

  http_400: "The server did not understand the message.",
  http_401: "Your session has ended. Sign in again; your message is kept.",
  http_403: "You are not allowed to do that.",
  http_404: "There is nothing at this address.",
  http_409: "The conversation has moved on in the meantime. Ask again.",
  http_413: "The message is too long.",
  http_429: "That was too much at once. Wait a moment and try again.",
  http_503: "The service is not available right now. Try again in a moment.",
};

/** The sentence for a failure: the catalogue's, else the server's own, else a general one. */
export function failureText(failure: Failure): string {
  if (failure.status === 429 && failure.retryAfter !== undefined)
    return text.error.tooMuch(waitOf(failure.retryAfter));
  const known = failures[failure.reason];
  // Bare statuses say less than a sentence that the server wrote.
  const general = failure.reason.startsWith("http_");
  if (known !== undefined && !(general && failure.detail !== undefined)) return known;
  return failure.detail ?? known ?? "The server could not do that.";
}

/** Rounded up, so that whoever keeps to it is not too early. */
function waitOf(seconds: number): string {
  const { minutes, seconds: inSeconds } = text.error;
  return seconds > 90 ? minutes(Math.ceil(seconds / 60)) : inSeconds(seconds);
}
