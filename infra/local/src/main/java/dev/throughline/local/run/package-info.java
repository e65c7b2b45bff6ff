/**
 * Runs the whole of Throughline on one machine: PostgreSQL, the stand-ins and Open Liberty, from the packaged WAR and
 * the product's own server configuration. The run command enters through {@link dev.throughline.local.run.Launcher};
 * tests start a {@link dev.throughline.local.run.LocalStack} on ports and data of their own.
 */
package dev.throughline.local.run;
