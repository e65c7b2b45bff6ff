package dev.throughline.in.security;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a verified token comes from.
 *
 * @param issuer who issued it
 * @param begin when it began
 * @param issued when it was issued
 * @param strength how its person signed in, where it says so
 * @param id its own id, where it has one
 */
record Provenance(String issuer, Instant begin, Instant issued, Optional<String> strength, Optional<String> id) {}
