package dev.throughline.out.database;

import java.util.regex.Pattern;

/**
 * The roles at the database that are no logins of the migration.
 *
 * @param owner owns schema and tables; nobody logs in as it
 * @param application the one that the server works as; it is granted what it needs
 */
public record DatabaseRoles(String owner, String application) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@-]{0,62}");

    /** @throws IllegalArgumentException if one of them cannot be a role's name */
    public DatabaseRoles {
        if (!NAME.matcher(owner).matches() || !NAME.matcher(application).matches()) {
            throw new IllegalArgumentException(
                    "A database role's name is 1 to 63 letters, digits and the characters _ . @ and -.");
        }
    }
}
