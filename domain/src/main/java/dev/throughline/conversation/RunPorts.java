package dev.throughline.conversation;

import dev.throughline.delegation.DelegatedTokens;
import dev.throughline.trail.ToolCallLog;
import java.time.Clock;

/** What a run reaches the outside with. */
record RunPorts(
        DelegatedTokens tokens, AgentGateway gateway, ToolCallLog toolCalls, ConsentLinks consentLinks, Clock clock) {}
