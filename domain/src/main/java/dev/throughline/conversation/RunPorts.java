package dev.throughline.conversation;

import dev.throughline.access.Approvals;
import dev.throughline.access.AuditLog;
import dev.throughline.access.Consents;
import dev.throughline.delegation.DelegatedTokens;
import dev.throughline.trail.ToolCallLog;
import java.time.Clock;

/**
 * What a run reaches the outside with.
 *
 * @param tokens exchanges the person's token
 * @param gateway the agent service
 * @param tools what agents may have carried out by us
 * @param toolCalls what our own MCP endpoint verified
 * @param approvals what people were asked to approve
 * @param consents the consent ledger
 * @param audit where decisions are recorded
 * @param consentLinks where the agent service may send people
 * @param clock tells the time
 */
public record RunPorts(
        DelegatedTokens tokens,
        AgentGateway gateway,
        Tools tools,
        ToolCallLog toolCalls,
        Approvals approvals,
        Consents consents,
        AuditLog audit,
        ConsentLinks consentLinks,
        Clock clock) {}
