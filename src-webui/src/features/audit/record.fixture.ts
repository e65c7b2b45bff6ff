/** Records as the server tells them. */
export const VIC = "c0ffee00-0000-4000-8000-0000000000b4";
export const ADA = "c0ffee00-0000-4000-8000-0000000000b1";
export const CONVERSATION = "11111111-1111-4111-8111-111111111111";
export const RUN = "22222222-2222-4222-8222-222222222222";

/** Vic saw an order through an agent. */
export const seen = {
  id: "019abcde-0000-7000-8000-000000000001",
  at: "2026-11-26T11:52:08.123456Z",
  instance: "i1",
  tenant: "c0ffee00-0000-4000-8000-000000000001",
  subject: "user",
  user: VIC,
  agent: "orders-assistant",
  client: "c0ffee00-0000-4000-8000-0000000000a3",
  door: "mcp",
  action: "get-order",
  resource: "ORD-005",
  version: 3,
  decision: "permit",
  rule: "own_rows",
  outcome: "done",
  conversation: CONVERSATION,
  run: RUN,
  seq: 12,
};

/** Ada changed it, by an approval of hers, a moment ago. */
export const changed = {
  ...seen,
  id: "019abcde-0000-7000-8000-000000000002",
  user: ADA,
  action: "update-order",
  rule: "tenant_rows",
  approval: "33333333-3333-4333-8333-333333333333",
  seq: null,
};

/** An agent wanted to delete an order that is not its person's. */
export const denied = {
  ...seen,
  id: "019abcde-0000-7000-8000-000000000003",
  action: "delete-order",
  decision: "deny",
  rule: "role_not_sufficient",
  outcome: "refused",
  seq: 13,
};

export const checkpoint = {
  size: 1024,
  at: "2026-11-26T11:52:10.000000Z",
  note: "throughline-audit/c0ffee00-0000-4000-8000-000000000001\n1024\n",
};
