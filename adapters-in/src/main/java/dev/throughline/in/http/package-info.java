/**
 * What every answer over HTTP has in common: problems (RFC 9457), correlation ids and strict JSON. The other packages
 * of the inbound adapters may use it; it uses none of them. Filters, exception mappers and message body writers are
 * public because the container makes them.
 */
@NullMarked
package dev.throughline.in.http;

import org.jspecify.annotations.NullMarked;
