import { type Approval } from "./approval";

/** For tests: a change of a quantity that was approved, and what differs from it. */
export function approved(difference: Partial<Approval> = {}): Approval {
  const order = {
    id: "ORD-005",
    customer_name: "Eve Martinez",
    product: "Webcam HD",
    quantity: 3,
    status: "pending",
  };
  return {
    id: "a1",
    agent: "orders-assistant",
    tool: "update-order",
    arguments: { id: "ORD-005", quantity: 4 },
    before: order,
    after: { ...order, quantity: 4 },
    expiresAt: 300_000,
    state: "approved",
    ...difference,
  };
}
