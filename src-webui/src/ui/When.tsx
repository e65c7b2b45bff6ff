import { text } from "../text/en";

const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });

/** A point in time as people say it: the hour for today, else the day. */
export function When({ at }: { readonly at: number }) {
  const today = new Date(at).toDateString() === new Date().toDateString();
  return (
    <time dateTime={new Date(at).toISOString()}>{today ? text.today(time.format(at)) : day.format(at)}</time>
  );
}
