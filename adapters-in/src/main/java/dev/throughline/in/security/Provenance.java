package dev.throughline.in.security;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a verified token comes from.
 *
 * @param issuer who issued it
 * @param begin when it began
 * @param id its own id, where it has one
 */
record Provenance(String issuer, Instant begin, Optional<String> id) {}
