/**
 * What is left of everybody's budget, behind {@link dev.throughline.access.Budgets}, by Bucket4j: in this instance's
 * memory, or in PostgreSQL, where all instances see it. May depend on the domain alone.
 */
@NullMarked
package dev.throughline.out.limits;

import org.jspecify.annotations.NullMarked;
