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

    /** Two letters that tell the sample people apart, which their initials do not. */
    String badge() {
        return name.substring(0, 2);
    }
}
