/**
 * The wire of the Responses API, which the project and its hosted agent both speak: JSON, ids, errors, items, events,
 * one HTTP exchange, and a log of requests for tests.
 *
 * <p>Depends on {@code foundry.planner} for what a tool's result is, and on nothing else of the stand-ins.
 */
package dev.throughline.local.responses;
