package dev.throughline.access;

/** The way by which a call comes in. Some callers are let in by one of them only. */
public enum Door {
    REST,
    MCP,
    CHAT
}
