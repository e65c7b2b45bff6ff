/**
 * What makes the audit log one that nobody can rewrite: the form of its records, the chain and the Merkle tree over
 * them, and the signed checkpoints. Plain computation, without a database.
 */
@NullMarked
package dev.throughline.out.audit;

import org.jspecify.annotations.NullMarked;
