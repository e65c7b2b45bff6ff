/**
 * The order desk: orders as values that cannot be wrong, the use cases on them, and the port to where they are kept.
 * REST, MCP and chat call the same use cases; each asks {@link dev.throughline.access.AccessPolicy} before it touches
 * the port. Depends on {@code access}, and on {@code trail} for the digest of what is approved.
 */
@NullMarked
package dev.throughline.order;

import org.jspecify.annotations.NullMarked;
