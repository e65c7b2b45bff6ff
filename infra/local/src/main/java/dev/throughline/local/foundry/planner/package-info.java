/**
 * The guided mode: a deterministic reader of the order desk's sentences, in place of a language model. It sees the live
 * tools and what they returned in this turn, and nothing else; it knows neither HTTP nor tokens. Depends on Jackson's
 * tree model alone.
 */
package dev.throughline.local.foundry.planner;
