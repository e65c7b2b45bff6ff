/**
 * Looks at the wiring from inside the running container, where only that shows it: scopes, transactions, data source.
 */
package dev.throughline.wiring;
