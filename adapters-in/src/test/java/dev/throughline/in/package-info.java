/** Tests that look at several inbound adapters at once. */
package dev.throughline.in;
