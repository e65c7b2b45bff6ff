import { type Approval, approvalOf, type Decision } from "../../lib/approval";
import { getJson, itemsOf, postJson, type TokenSource, understood } from "../../lib/http";

/** The person's approvals at the server. */
export interface ApprovalsApi {
  list(): Promise<Approval[]>;
  get(id: string): Promise<Approval>;
  decide(id: string, decision: Decision): Promise<Approval>;
}

export function approvalsApi(tokens: TokenSource): ApprovalsApi {
  const at = (id: string) => `/api/v1/approvals/${encodeURIComponent(id)}`;
  return {
    list: async () => itemsOf(await getJson("/api/v1/approvals", tokens), approvalOf),
    get: async (id) => understood(approvalOf(await getJson(at(id), tokens))),
    decide: async (id, decision) => understood(approvalOf(await postJson(at(id), { decision }, tokens))),
  };
}
