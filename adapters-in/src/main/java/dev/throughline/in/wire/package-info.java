/**
 * What REST and the chat tell people in the same form: approvals, consents and hops. Depends on the domain and on
 * {@code in.http} alone.
 */
@NullMarked
package dev.throughline.in.wire;

import org.jspecify.annotations.NullMarked;
