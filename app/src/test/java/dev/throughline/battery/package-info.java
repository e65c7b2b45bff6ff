/**
 * Checks of an MCP server as an OAuth 2.1 resource server, against any server given its address and an issuer of its
 * tokens. The official conformance suite checks the protocol; these are the checks of tokens, challenges, discovery and
 * step-up that it does not have. Check ids follow the proposals in the suite's own issues where there is one.
 *
 * <p>It stands by itself: it uses the JDK and a JOSE library and nothing of this product, so that it can be taken out
 * and run elsewhere.
 */
package dev.throughline.battery;
