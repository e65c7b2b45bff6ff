package dev.throughline.in.security;

/** What a token's JSON must be besides JSON; each lenience of a parser would let two readers see two tokens. */
enum JsonRule {
    /** Bytes that are not UTF-8 are refused, not replaced. */
    UTF_8,
    /** No name stands twice in an object, not even in another spelling (RFC 8725 section 2.4). */
    NAMES_ONCE,
    /** Nothing but space stands behind the object. */
    NOTHING_BEHIND,
    /** Objects and arrays are nested eight deep at most. */
    SHALLOW
}
