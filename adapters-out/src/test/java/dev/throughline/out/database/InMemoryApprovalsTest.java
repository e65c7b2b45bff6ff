package dev.throughline.out.database;

import dev.throughline.access.Approvals;

class InMemoryApprovalsTest extends ApprovalsContract {
    private final InMemoryApprovals approvals = new InMemoryApprovals();

    @Override
    Approvals approvals() {
        return approvals;
    }

    @Override
    Approvals otherInstance() {
        return approvals;
    }
}
