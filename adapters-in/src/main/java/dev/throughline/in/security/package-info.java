/**
 * The one gate: an incoming bearer token becomes a verified token and from it a {@link dev.throughline.access.Caller}.
 * What a token must be is listed in {@code GateRules}, and what a published key must be in {@code PublishedKeys}.
 * Nothing else in the product reads an incoming token. The other inbound adapters may use
 * {@link dev.throughline.in.security.CurrentCaller}, {@link dev.throughline.in.security.Challenges} and
 * {@link dev.throughline.in.security.RateLimits} and nothing more.
 */
@NullMarked
package dev.throughline.in.security;

import org.jspecify.annotations.NullMarked;
