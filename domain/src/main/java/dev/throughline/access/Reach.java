package dev.throughline.access;

/** How far a role sees: the rows that an action may touch, from none to a whole tenant's. */
enum Reach {
    NONE,
    OWN,
    TENANT
}
