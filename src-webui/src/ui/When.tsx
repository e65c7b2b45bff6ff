import { text } from "../text/en";

const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const dayOfYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

/** A point in time as people say it: the hour for today, else the day, with its year where that is another one. */
export function When({ at, brief = false }: { readonly at: number; readonly brief?: boolean }) {
  return <time dateTime={new Date(at).toISOString()}>{inWords(new Date(at), new Date(), brief)}</time>;
}

function inWords(at: Date, now: Date, brief: boolean): string {
  if (at.toDateString() === now.toDateString()) return brief ? time.format(at) : text.today(time.format(at));
  return at.getFullYear() === now.getFullYear() ? day.format(at) : dayOfYear.format(at);
}
