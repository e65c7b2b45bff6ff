/**
 * The token matrix over HTTP: hostile tokens, keys and requests against the running product, each a change of one thing
 * in a request that the same endpoint accepts, and the document that tells what came of them. Independent of the
 * product's own classes; it speaks HTTP to it and reads its metrics, its logs and its database from outside.
 */
package dev.throughline.matrix;
