package dev.throughline.out.database;

import dev.throughline.trail.ToolCallLog;

class JpaToolCallLogTest extends ToolCallLogContract {
    private final JpaToolCallLog log = new JpaToolCallLog(TestDatabase.shared().asApplication());

    @Override
    ToolCallLog log() {
        return log;
    }
}
