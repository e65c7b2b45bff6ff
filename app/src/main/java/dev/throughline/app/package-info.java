/**
 * The composition: reads the settings, makes the domain's use cases and the adapters, prepares the database and reports
 * health. The only package that knows everything; nothing may depend on it.
 */
@NullMarked
package dev.throughline.app;

import org.jspecify.annotations.NullMarked;
