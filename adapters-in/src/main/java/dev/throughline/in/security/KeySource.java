package dev.throughline.in.security;

import java.io.IOException;

/** Where an issuer's key set comes from. */
interface KeySource {

    /**
     * The set as it is published now.
     *
     * @throws IOException if it cannot be had, soon and within bounds
     */
    byte[] fetch() throws IOException, InterruptedException;
}
