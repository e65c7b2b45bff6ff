/**
 * What Azure gives us, on one machine: stand-ins for Entra ID and Foundry, PostgreSQL, and the launcher that runs them
 * beside the server. Nothing here ships in the WAR, and nothing here imports a module of the product, so that the
 * stand-ins cannot share its mistakes.
 */
package dev.throughline.local;
