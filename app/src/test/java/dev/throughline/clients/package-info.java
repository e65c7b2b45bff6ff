/**
 * The endpoint as the programs of others meet it: the TypeScript SDK's client and the Inspector, run by Node from
 * {@code src/test/clients}. They sign in at the Entra stand-in as they would at the real one. Nothing here imports the
 * product.
 */
package dev.throughline.clients;
