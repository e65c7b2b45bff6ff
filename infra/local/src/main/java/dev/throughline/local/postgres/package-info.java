/**
 * PostgreSQL on this machine, from embedded binaries: durable, kept between runs, reachable over loopback only. It
 * creates the roles that an operator would create and, on a desk that has never been used, the sample orders. Roles
 * connect without passwords being checked, as the binaries' launcher sets it up; everything else is the real thing.
 */
package dev.throughline.local.postgres;
