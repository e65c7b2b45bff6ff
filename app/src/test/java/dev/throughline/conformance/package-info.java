/**
 * The official conformance suite against the secured endpoint: the packaged WAR with a jar of fixtures in it, behind a
 * forwarder that gives each request a good token. What is expected to fail stands in
 * {@code src/test/conformance/*.yaml}, each entry with its reason. Nothing here imports the product.
 */
package dev.throughline.conformance;
