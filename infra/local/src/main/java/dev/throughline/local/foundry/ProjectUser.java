package dev.throughline.local.foundry;

/**
 * The person whose token a call carries.
 *
 * @param tenantId the {@code tid} claim
 * @param objectId the {@code oid} claim: conversations, responses and connection tokens belong to it
 */
record ProjectUser(String tenantId, String objectId) {}
