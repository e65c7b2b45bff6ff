package dev.throughline.local.entra;

import java.util.Locale;

/**
 * One of the sample people.
 *
 * @param id the object id, {@code oid} in tokens
 * @param role the app role of our API that the person is assigned to
 */
record Person(String id, Tenant tenant, String name, String upn, String role) {

    /** "Vic" of "Vic Viewer", lower case: how tests name people. */
    String shortName() {
        return upn.substring(0, upn.indexOf('@')).toLowerCase(Locale.ROOT);
    }

    String initials() {
        String[] words = name.split(" ");
        return words[0].substring(0, 1) + words[words.length - 1].substring(0, 1);
    }
}
