import { getJson, type TokenSource } from "../../lib/http";

/** The trail of a whole conversation, as the server tells it, to be kept in a file. */
export function trailApi(tokens: TokenSource): (conversation: string) => Promise<string> {
  return async (conversation) => {
    const path = `/api/v1/conversations/${encodeURIComponent(conversation)}/trail`;
    return JSON.stringify(await getJson(path, tokens), null, 2);
  };
}
