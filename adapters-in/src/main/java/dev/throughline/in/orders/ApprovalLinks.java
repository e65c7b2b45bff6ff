package dev.throughline.in.orders;

import dev.throughline.access.ApprovalId;
import java.net.URI;

/**
 * Where people decide on what an agent wants to do for them: in the web chat, signed in as themselves. The address
 * proves nothing and may be seen by anybody.
 *
 * @param webChat the address of the web chat, without a slash at its end
 */
public record ApprovalLinks(URI webChat) {

    /** The place for one approval. */
    public URI to(ApprovalId approval) {
        return URI.create(webChat + "/#/approvals/" + approval);
    }
}
