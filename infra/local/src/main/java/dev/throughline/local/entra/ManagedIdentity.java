package dev.throughline.local.entra;

/**
 * An identity that a host in Azure gives to what runs on it.
 *
 * @param clientId what its host is asked by
 * @param principalId its object id in the directory: {@code oid} and {@code sub} of its tokens
 */
record ManagedIdentity(String clientId, String principalId, String name) {

    @Override
    public String toString() {
        return name + " (" + clientId + ")";
    }
}
