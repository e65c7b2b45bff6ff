/**
 * Says whether an exported audit log is the one that was signed, offline: from the export, the public key and, where
 * they are at hand, the checkpoints that were kept outside the database. It is written from the description of the
 * format (docs/audit-verification.md) and imports no module of the product, so that it cannot share its mistakes.
 */
package dev.throughline.verifier;
