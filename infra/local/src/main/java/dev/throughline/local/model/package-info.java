/**
 * A language model in the place of the guided mode: any endpoint that speaks OpenAI's chat completions with tools,
 * named by {@code LOCAL_MODEL_URL}, {@code LOCAL_MODEL} and, where it wants one, {@code LOCAL_MODEL_KEY}. It is asked
 * for one step at a time; what it answers is held against the tools that there are, and anything else ends the turn.
 *
 * <p>Depends on {@code foundry.planner}, whose {@code Planner} it implements, and on {@code responses} for JSON.
 */
package dev.throughline.local.model;
