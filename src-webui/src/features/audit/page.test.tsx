import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { type RecordFilter } from "../../lib/record-filter";
import { text } from "../../text/en";
import { recordOf } from "./api";
import { FilterForm } from "./FilterForm";
import { ADA, changed, checkpoint, denied, seen, VIC } from "./record.fixture";
import { type Verdict } from "./records";
import { Everything, RecordTable } from "./RecordTable";
import { VerdictCard } from "./VerdictCard";
import { titleOf } from "./words";

const bare = (markup: string) =>
  markup
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .replaceAll("&#x27;", "'")
    .trim();

const table = (json: object, reader = ADA) =>
  renderToStaticMarkup(
    <RecordTable records={[recordOf(json)!]} reader={reader} labelledBy="title" filter={{}} />,
  );

const everything = (json: object, reader: string, filter: RecordFilter = {}) =>
  renderToStaticMarkup(<Everything record={recordOf(json)!} reader={reader} filter={filter} />);

const verdict = (verdict: Verdict) => renderToStaticMarkup(<VerdictCard verdict={verdict} />);

const told = (records: number, sealed: number, broken?: { reason?: string }) =>
  verdict({
    kind: "told",
    verification: { holds: broken === undefined, records, sealed, checkpoint, ...broken },
  });

describe("a record in the list", () => {
  it("says who, through whom, what, and what was decided by which rule", () => {
    const row = bare(table(seen));
    expect(row).toContain("User c0ffee00…00b4");
    expect(row).toContain("through orders-assistant");
    expect(row).toContain("See order ORD-005");
    expect(row).toContain("permitted may reach one's own orders");
    expect(row).toContain("12");
  });

  it("calls the reader by no id, and tells an approval and a missing place in the chain", () => {
    const row = bare(table(changed));
    expect(row).toContain("You through");
    expect(row).toContain("Approval 33333333…3333");
    expect(row).toContain("not in the chain yet");
  });

  it("says an agent's own doing as such", () => {
    const { user: _, ...alone } = seen;
    expect(bare(table(alone))).toContain("orders-assistant, as itself");
  });

  it("tells an agent that it is about from one that did it", () => {
    const row = bare(table({ ...seen, action: "chat", resource: null, outcome: "answered" }));
    expect(row).toContain("Talk to agent orders-assistant");
    expect(row).not.toContain("through");
    expect(row).toContain("answered");
  });

  it("says why not in words, and leaves out that then nothing was done", () => {
    const row = bare(table(denied));
    expect(row).toContain("denied the person's role does not allow it");
    expect(row).not.toContain("nothing was done");
  });

  it("shows what it has no word for as the server calls it", () => {
    expect(bare(table({ ...seen, action: "ship-order", rule: "brand_new", decision: "maybe" }))).toMatch(
      /ship-order.*maybe brand_new/,
    );
  });

  it("is a table for those who hear it, also where its cells stand below each other", () => {
    const markup = table(seen);
    for (const role of ["table", "rowgroup", "row", "columnheader", "cell"])
      expect(markup).toContain(`role="${role}"`);
  });

  it("leads from an order to all its records, and from nothing else", () => {
    expect(table(seen)).toContain('href="#/audit?order=ORD-005"');
    expect(table({ ...seen, resource: "javascript:alert(1)" })).not.toContain("<a");
  });
});

describe("all that a record says", () => {
  it("is told field by field", () => {
    const markup = everything(seen, ADA);
    for (const [name, value] of recordOf(seen)!.fields) {
      expect(markup).toContain(`data-field="${name}"`);
      expect(markup).toContain(value);
    }
  });

  it("leads to the conversation of the reader and to nobody else's, which it says", () => {
    const own = everything(seen, VIC);
    expect(own).toContain(`href="#/conversations/${seen.conversation}"`);
    expect(own).not.toContain(text.audit.foreignConversation);
    const foreign = everything(seen, ADA);
    expect(foreign).not.toContain("#/conversations/");
    expect(foreign).toContain(text.audit.foreignConversation);
  });

  it("leads to more of the same kind, but not to where the reader is", () => {
    const links = (filter: RecordFilter) =>
      [...everything(seen, ADA, filter).matchAll(/href="#\/audit\?(\w+)=/g)].map((match) => match[1]);
    expect(links({})).toEqual(["order", "run", "conversation", "user", "agent"]);
    expect(links({ run: seen.run })).toEqual(["order", "conversation", "user", "agent"]);
  });
});

describe("the verdict", () => {
  it.each([
    ["holds", told(14, 14), "all 14 records that were checked are as they were signed"],
    ["holds", told(1, 1), "the one record that was checked is as it was signed"],
    ["holds", told(0, 0), "no record fits"],
    ["partly", told(14, 12), "holds for 12 records; 2 more are too new"],
    ["partly", told(2, 1), "holds for one record; one more is too new"],
    ["partly", told(1, 0), "too new to be in the chain"],
    [
      "broken",
      told(14, 14, { reason: "record_changed" }),
      "does not hold. A record is not the one that was put into it.",
    ],
    ["broken", told(14, 14, { reason: "something_new" }), "does not hold. something_new"],
    ["checking", verdict({ kind: "checking" }), "Checking the chain"],
    ["unknown", verdict({ kind: "failed", failure: { reason: "network" } }), "could not be checked"],
  ])("%s is said in words", (state, markup, words) => {
    expect(markup).toContain(`data-state="${state}"`);
    expect(bare(markup)).toContain(words);
  });

  it("names the checkpoint and its moment, whatever it is", () => {
    for (const markup of [told(14, 14), told(14, 14, {})])
      expect(bare(markup)).toMatch(
        /Newest signed checkpoint: 1,024 records, as of 26 Nov 2026, \d\d:\d\d:10\./,
      );
  });

  it("interrupts those who hear the page only where the chain is broken", () => {
    expect(told(14, 14, {})).toContain('role="alert"');
    expect(told(14, 14)).not.toContain('role="alert"');
  });
});

describe("the form", () => {
  it("has a label for each of its fields, and holds what is chosen", () => {
    const markup = renderToStaticMarkup(<FilterForm filter={{ order: "ORD-005" }} />);
    const labelled = [...markup.matchAll(/<label for="([^"]+)"/g)].map((match) => match[1]);
    const fields = [...markup.matchAll(/<input id="([^"]+)"/g)].map((match) => match[1]);
    expect(labelled).toEqual(fields);
    expect(fields).toHaveLength(5);
    expect(markup).toContain('value="ORD-005"');
    expect(markup).toContain('href="#/audit"');
  });
});

it("the records are called by what they have in common", () => {
  expect(titleOf({})).toBe("All records, newest first");
  expect(titleOf({ run: seen.run, order: "ORD-005" })).toBe(
    "Records of ORD-005, run 22222222…2222, newest first",
  );
});
