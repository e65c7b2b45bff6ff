/** What the documents say of the code, held against the code. Nothing depends on it. */
package dev.throughline.docs;
