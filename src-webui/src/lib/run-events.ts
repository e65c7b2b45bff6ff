import { type Approval, approvalOf } from "./approval";
import { type ConsentRequest, consentRequestOf } from "./consent";
import { type Failure } from "./failure";
import { type Hop, hopOf } from "./hop";
import { isObject, type JsonObject, parseObject, stringOf } from "./json";

/** What only the person can give, so that the run can go on: one consent at a time, and any number of approvals. */
export interface WaitsFor {
  readonly consent?: ConsentRequest;
  readonly approvals: readonly Approval[];
}

/** The events of a run that the page understands; the wire names are those of AG-UI 1.0. */
export type RunEvent =
  | { readonly type: "started"; readonly conversationId: string; readonly runId?: string }
  | { readonly type: "agent"; readonly name?: string; readonly mode?: string }
  | { readonly type: "text"; readonly messageId: string; readonly delta: string }
  | { readonly type: "tool"; readonly id: string; readonly name: string }
  | { readonly type: "tool-arguments"; readonly id: string; readonly delta: string }
  | { readonly type: "tool-end"; readonly id: string }
  | { readonly type: "tool-result"; readonly id: string; readonly content: string; readonly failed: boolean }
  | { readonly type: "hop"; readonly hop: Hop }
  | { readonly type: "finished" }
  | { readonly type: "waiting"; readonly waitsFor: WaitsFor }
  | { readonly type: "failed"; readonly failure: Failure };

/**
 * Reads one event.
 *
 * @returns undefined for a kind of event that this page has no use for; newer servers may send some
 */
export function runEventOf(data: string): RunEvent | undefined {
  const json = parseObject(data);
  if (json === undefined) return undefined;
  switch (json.type) {
    case "RUN_STARTED":
      return withString(json.threadId, (conversationId) => {
        const runId = stringOf(json.runId);
        return { type: "started", conversationId, ...(runId === undefined ? {} : { runId }) };
      });
    case "TEXT_MESSAGE_CONTENT":
      return withString(json.delta, (delta) => ({
        type: "text",
        messageId: stringOf(json.messageId) ?? "message",
        delta,
      }));
    case "TOOL_CALL_START":
      return withString(json.toolCallId, (id) => ({
        type: "tool",
        id,
        name: stringOf(json.toolCallName) ?? id,
      }));
    case "TOOL_CALL_ARGS":
      return withString(json.toolCallId, (id) => ({
        type: "tool-arguments",
        id,
        delta: stringOf(json.delta) ?? "",
      }));
    case "TOOL_CALL_END":
      return withString(json.toolCallId, (id) => ({ type: "tool-end", id }));
    case "TOOL_CALL_RESULT":
      return withString(json.toolCallId, (id) => ({
        type: "tool-result",
        id,
        content: stringOf(json.content) ?? "",
        failed: json.isError === true || json.status === "failed",
      }));
    case "CUSTOM":
      return customOf(json);
    case "RUN_FINISHED":
      return finishedOf(json);
    case "RUN_ERROR":
      return { type: "failed", failure: runFailureOf(json) };
    default:
      return undefined;
  }
}

function withString(value: unknown, make: (text: string) => RunEvent): RunEvent | undefined {
  const text = stringOf(value);
  return text === undefined ? undefined : make(text);
}

function customOf(json: JsonObject): RunEvent | undefined {
  if (!isObject(json.value)) return undefined;
  if (json.name === "identity.hop") {
    const hop = hopOf(json.value);
    return hop === undefined ? undefined : { type: "hop", hop };
  }
  if (json.name !== "agent") return undefined;
  const name = stringOf(json.value.name);
  const mode = stringOf(json.value.mode);
  return {
    type: "agent",
    ...(name === undefined ? {} : { name }),
    ...(mode === undefined ? {} : { mode }),
  };
}

function finishedOf(json: JsonObject): RunEvent {
  const outcome = isObject(json.outcome) ? json.outcome : {};
  if (outcome.type !== "interrupt") return { type: "finished" };
  const interrupts = Array.isArray(outcome.interrupts) ? outcome.interrupts : [];
  const waitsFor = waitsForOf(interrupts);
  // Waiting for something that cannot be shown would look like an answer: say so instead.
  return waitsFor === undefined
    ? { type: "failed", failure: { reason: "interrupt_unknown" } }
    : { type: "waiting", waitsFor };
}

function waitsForOf(interrupts: readonly unknown[]): WaitsFor | undefined {
  const consents: ConsentRequest[] = [];
  const approvals: Approval[] = [];
  for (const interrupt of interrupts) {
    if (!isObject(interrupt)) return undefined;
    const approval = interrupt.reason === "approval" ? approvalOf(interrupt.metadata) : undefined;
    if (interrupt.reason === "consent") consents.push(consentRequestOf(interrupt.metadata, interrupt));
    else if (approval !== undefined) approvals.push(approval);
    else return undefined;
  }
  const [consent] = consents;
  if (consent === undefined && approvals.length === 0) return undefined;
  return { approvals, ...(consent === undefined ? {} : { consent }) };
}

function runFailureOf(json: JsonObject): Failure {
  const detail = stringOf(json.message);
  const correlationId = stringOf(json.correlationId);
  return {
    reason: stringOf(json.code) ?? "run_failed",
    ...(detail === undefined ? {} : { detail }),
    ...(correlationId === undefined ? {} : { correlationId }),
  };
}
