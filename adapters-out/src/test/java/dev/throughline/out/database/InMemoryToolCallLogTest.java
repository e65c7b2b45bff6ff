package dev.throughline.out.database;

import dev.throughline.trail.ToolCallLog;

class InMemoryToolCallLogTest extends ToolCallLogContract {
    private final InMemoryToolCallLog log = new InMemoryToolCallLog();

    @Override
    ToolCallLog log() {
        return log;
    }
}
