/**
 * The program behind the hosted agent {@code orders-functions}: its own listener, called by the Foundry stand-in alone,
 * with the messages and what tools returned, and without anybody's token. It knows nothing of users, Entra or the order
 * desk; its tools are functions that whoever asked it calls.
 *
 * <p>It is strict about one thing that the product must never do: a request that carries an {@code Authorization}
 * header is refused with 500 and kept as a violation.
 *
 * <p>Not imitated: the container and its life cycle, sessions and their files, the other protocols (invocations,
 * activity, A2A), toolboxes, an identity of its own. The real program reads the history from the platform's storage;
 * here it comes along in {@code input}, so that the program keeps nothing.
 *
 * <p>Depends on {@code responses} for the protocol and on {@code foundry.planner} for what to do next.
 */
package dev.throughline.local.hosted;
