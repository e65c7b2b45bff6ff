/**
 * The web chat as people meet it: in a real Chromium, against the running stack, with keyboard and mouse. Looks at
 * every state for accessibility and keeps pictures of it. May use the shared stack of the end-to-end tests; nothing
 * depends on this package.
 */
package dev.throughline.browser;
