/**
 * The one gate: an incoming bearer token becomes a verified token and from it a {@link dev.throughline.access.Caller}.
 * Nothing else in the product reads an incoming token. The other inbound adapters may use
 * {@link dev.throughline.in.security.CurrentCaller} and {@link dev.throughline.in.security.Challenges} and nothing
 * more.
 */
@NullMarked
package dev.throughline.in.security;

import org.jspecify.annotations.NullMarked;
