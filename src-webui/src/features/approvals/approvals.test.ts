import { describe, expect, it } from "vitest";
import { type Approval, type Decision } from "../../lib/approval";
import { approved } from "../../lib/approval.fixture";
import { type Failure, FailureError } from "../../lib/failure";
import { type ApprovalsApi } from "./api";
import { Approvals } from "./approvals";

const pending = approved({ state: "pending" });

/** A server with one approval, which remembers the decisions it was sent. */
class OneApproval implements ApprovalsApi {
  readonly decisions: Decision[] = [];
  approval: Approval = pending;
  refusal: Failure | undefined;

  list(): Promise<Approval[]> {
    return Promise.resolve([this.approval]);
  }

  get(): Promise<Approval> {
    return Promise.resolve(this.approval);
  }

  decide(_: string, decision: Decision): Promise<Approval> {
    this.decisions.push(decision);
    if (this.refusal !== undefined) return Promise.reject(new FailureError(this.refusal));
    this.approval = { ...pending, state: decision === "approve" ? "approved" : "denied" };
    return Promise.resolve(this.approval);
  }
}

function approvalsAt(server: OneApproval): Approvals {
  const approvals = new Approvals(server);
  approvals.take([pending]);
  return approvals;
}

describe("a decision", () => {
  it("is sent once, however often the button is pressed", async () => {
    const server = new OneApproval();
    const approvals = approvalsAt(server);
    await Promise.all([approvals.decide("a1", "approve"), approvals.decide("a1", "deny")]);
    await approvals.decide("a1", "deny");
    expect(server.decisions).toEqual(["approve"]);
    expect(approvals.current("a1")).toMatchObject({ state: "approved" });
  });

  it("shows that it is on its way", () => {
    const approvals = approvalsAt(new OneApproval());
    void approvals.decide("a1", "deny");
    expect(approvals.entries().get("a1")).toMatchObject({ deciding: "deny" });
  });

  it("that came too late shows what was decided before", async () => {
    const server = new OneApproval();
    const approvals = approvalsAt(server);
    server.approval = { ...pending, state: "denied" };
    server.refusal = { reason: "approval_decided", status: 409 };
    await approvals.decide("a1", "approve");
    expect(approvals.entries().get("a1")).toEqual({
      approval: { ...pending, state: "denied" },
      problem: server.refusal,
    });
  });

  it("after the time is over shows that it is over", async () => {
    const server = new OneApproval();
    const approvals = approvalsAt(server);
    server.refusal = { reason: "approval_expired", status: 409 };
    await approvals.decide("a1", "approve");
    expect(approvals.current("a1")).toMatchObject({ state: "expired" });
  });

  it("about something that is gone cannot be sent again", async () => {
    const server = new OneApproval();
    const approvals = approvalsAt(server);
    server.refusal = { reason: "approval_not_found", status: 404 };
    await approvals.decide("a1", "approve");
    await approvals.decide("a1", "approve");
    expect(server.decisions).toHaveLength(1);
    expect(approvals.current("a1")).toBeNull();
  });

  it("that did not arrive can be sent again", async () => {
    const server = new OneApproval();
    const approvals = approvalsAt(server);
    server.refusal = { reason: "network" };
    await approvals.decide("a1", "approve");
    expect(approvals.entries().get("a1")).toMatchObject({ problem: { reason: "network" } });
    server.refusal = undefined;
    await approvals.decide("a1", "approve");
    expect(approvals.current("a1")).toMatchObject({ state: "approved" });
  });
});

describe("what is told again", () => {
  it("does not undo a decision that is on its way", () => {
    const approvals = approvalsAt(new OneApproval());
    void approvals.decide("a1", "deny");
    approvals.take([pending]);
    expect(approvals.entries().get("a1")).toMatchObject({ deciding: "deny" });
  });

  it("does not undo a decision that was made", async () => {
    const approvals = approvalsAt(new OneApproval());
    await approvals.decide("a1", "approve");
    approvals.take([pending]);
    expect(approvals.current("a1")).toMatchObject({ state: "approved" });
  });

  it("is heard of where it is news", async () => {
    const approvals = approvalsAt(new OneApproval());
    await approvals.decide("a1", "approve");
    approvals.take([{ ...pending, state: "used" }]);
    expect(approvals.current("a1")).toMatchObject({ state: "used" });
  });
});

it("what was decided in another window is learnt when the person comes back", async () => {
  const server = new OneApproval();
  const approvals = approvalsAt(server);
  server.approval = { ...pending, state: "denied" };
  await approvals.refresh(["a1", "unknown"]);
  expect(approvals.current("a1")).toMatchObject({ state: "denied" });
});
