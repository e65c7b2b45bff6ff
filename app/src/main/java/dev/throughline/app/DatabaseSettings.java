package dev.throughline.app;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The database, and as whom we work there.
 *
 * @param url its JDBC address
 * @param user the role that the server works as
 * @param migrationUser the role that owns the tables
 * @param migrationPassword that role's password
 */
record DatabaseSettings(String url, String user, String migrationUser, Secret migrationPassword) {
    private static final String URL = "DB_URL";
    private static final String USER = "DB_USER";
    private static final String MIGRATION_USER = "DB_MIGRATION_USER";
    private static final String MIGRATION_PASSWORD = "DB_MIGRATION_PASSWORD";
    private static final String POOL_SIZE = "DB_POOL_SIZE";
    private static final Pattern ADDRESS = Pattern.compile("jdbc:postgresql://[^/?#@\\s]+/[^/?#@\\s]+(\\?\\S*)?");
    private static final Pattern CREDENTIALS =
            Pattern.compile("(?i)jdbc:[^?]*@.*|.*[?&](user|password|sslpassword)=.*");
    private static final Pattern ROLE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@-]{0,62}");

    static DatabaseSettings read(Variables variables, Environment environment) {
        String url = variables.required(URL);
        if (CREDENTIALS.matcher(url).matches()) {
            throw new InvalidSettingException(
                    URL, "must hold neither a user nor a password; they have variables of their own");
        }
        if (!ADDRESS.matcher(url).matches()) {
            throw new InvalidSettingException(
                    URL, "must be a PostgreSQL address such as jdbc:postgresql://host:5432/throughline");
        }
        String user = role(variables, USER);
        String migrationUser = role(variables, MIGRATION_USER);
        if (user.equals(migrationUser) && environment != Environment.LOCAL) {
            throw new InvalidSettingException(
                    USER, "must be another role than " + MIGRATION_USER + ", which owns the tables");
        }
        // Read by the data source alone; looked at here for a mistake that it would not tell.
        variables.secret("DB_PASSWORD");
        requirePoolSize(variables.text(POOL_SIZE));
        Secret password = variables
                .secret(MIGRATION_PASSWORD)
                .orElseThrow(() -> new InvalidSettingException(MIGRATION_PASSWORD, "is not set"));
        return new DatabaseSettings(url, user, migrationUser, password);
    }

    private static String role(Variables variables, String name) {
        String role = variables.required(name);
        if (!ROLE.matcher(role).matches()) {
            throw new InvalidSettingException(
                    name, "must be a role's name of 1 to 63 letters, digits and the characters _ . @ and -");
        }
        return role;
    }

    private static void requirePoolSize(Optional<String> size) {
        if (size.filter(text -> !text.matches("[1-9][0-9]{0,3}")).isPresent()) {
            throw new InvalidSettingException(POOL_SIZE, "must be a number from 1 to 9999");
        }
    }
}
