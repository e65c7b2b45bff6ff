/**
 * Acting for a person at somebody else's API: the port that exchanges a person's token for one made for the next hop,
 * and everything that can come of it. Depends on {@code access} alone.
 */
@NullMarked
package dev.throughline.delegation;

import org.jspecify.annotations.NullMarked;
