package dev.throughline.in.wire;

import dev.throughline.access.ApprovalId;
import dev.throughline.access.ConsentId;
import dev.throughline.trail.Hop;
import java.util.List;
import java.util.Optional;

/** A hop of the trail as the web chat shows it; what nobody knows is null. */
public record WireHop(
        String from,
        String to,
        Optional<String> user,
        Optional<String> agent,
        Optional<String> client,
        Optional<String> audience,
        List<String> scopes,
        Optional<String> obtained,
        String evidence,
        Optional<String> decision,
        Optional<String> rule,
        Optional<String> approval,
        Optional<String> consent) {

    /** A hop as it is known. */
    public static WireHop of(Hop hop) {
        return new WireHop(
                hop.from(),
                hop.to(),
                hop.user(),
                hop.agent(),
                hop.client(),
                hop.audience(),
                hop.scopes().stream().sorted().toList(),
                hop.obtained(),
                hop.evidence().wire(),
                hop.decision(),
                hop.rule(),
                hop.approval().map(ApprovalId::toString),
                hop.consent().map(ConsentId::toString));
    }
}
