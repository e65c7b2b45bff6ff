/**
 * What operators and their tools are told about security: one line of JSON for each refusal, the counters beside it,
 * and an alert when refusals come in a spike. Whoever refuses a request says so here, by
 * {@link dev.throughline.in.events.SecurityEvents}. It knows the domain's callers and {@code in.http}, and none of the
 * packages that refuse.
 */
@NullMarked
package dev.throughline.in.events;

import org.jspecify.annotations.NullMarked;
