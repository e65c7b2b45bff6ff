/**
 * PostgreSQL behind {@link dev.throughline.order.Orders}, {@link dev.throughline.access.Approvals},
 * {@link dev.throughline.access.Consents}, {@link dev.throughline.conversation.Conversations} and
 * {@link dev.throughline.trail.ToolCallLog}, by JPA; and the migrations that make its tables. Rows and their mapping
 * never leave the package. May depend on the domain alone.
 */
@NullMarked
package dev.throughline.out.database;

import org.jspecify.annotations.NullMarked;
