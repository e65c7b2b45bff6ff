/**
 * The agent registry as a file behind {@link dev.throughline.access.AgentRegistry}: read strictly, watched for changes.
 * May depend on the domain alone.
 */
@NullMarked
package dev.throughline.out.registry;

import org.jspecify.annotations.NullMarked;
