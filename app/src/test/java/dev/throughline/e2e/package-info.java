/**
 * The packaged WAR on a plain Open Liberty, tested from outside: over HTTP, as browsers, scripts and MCP clients meet
 * it, with the stand-ins and a real PostgreSQL around it. Nothing here imports the product.
 */
package dev.throughline.e2e;
