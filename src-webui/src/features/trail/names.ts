import { type Config } from "../../lib/config";
import { text } from "../../text/en";

/** Who is signed in, as far as the trail needs to know them again. */
interface Known {
  readonly id: string;
  readonly name: string;
}

/**
 * Names for the ids of a trail that the page knows for certain: its own, the API's (what the scopes that the
 * server asks for are qualified with), and the signed-in person's. All others stay ids.
 */
export function namesOf(config: Config, person: Known | null): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const scope of config.scopes) {
    const resource = scope.slice(0, Math.max(0, scope.lastIndexOf("/")));
    if (!resource.startsWith("api://")) continue;
    names.set(resource, text.trail.thisServer);
    names.set(resource.slice("api://".length), text.trail.thisServer);
  }
  if (config.clientId !== "") names.set(config.clientId, text.trail.thisApp);
  if (person !== null) names.set(person.id, person.name);
  return names;
}
