package dev.throughline.app;

import dev.throughline.out.database.DatabaseRoles;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The database, and as whom we work there.
 *
 * @param url its JDBC address
 * @param roles who owns the tables, and whom the server works as
 * @param migration who migrates the tables; none where that is a step of its own, before the start
 */
record DatabaseSettings(String url, DatabaseRoles roles, Optional<Migration> migration) {
    /**
     * Who migrates the tables.
     *
     * @param user a login that may become their owner
     * @param password its password
     */
    record Migration(String user, Secret password) {}

    private static final String URL = "DB_URL";
    private static final String USER = "DB_USER";
    private static final String OWNER = "DB_OWNER";
    private static final String DEFAULT_OWNER = "throughline_owner";
    private static final String MIGRATION_USER = "DB_MIGRATION_USER";
    private static final String MIGRATION_PASSWORD = "DB_MIGRATION_PASSWORD";
    private static final String POOL_SIZE = "DB_POOL_SIZE";
    private static final Pattern ADDRESS = Pattern.compile("jdbc:postgresql://[^/?#@\\s]+/[^/?#@\\s]+(\\?\\S*)?");
    private static final Pattern CREDENTIALS =
            Pattern.compile("(?i)jdbc:[^?]*@.*|.*[?&](user|password|sslpassword)=.*");
    private static final Pattern ROLE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@-]{0,62}");

    static DatabaseSettings read(Variables variables) {
        String url = variables.required(URL);
        if (CREDENTIALS.matcher(url).matches()) {
            throw new InvalidSettingException(
                    URL, "must hold neither a user nor a password; they have variables of their own");
        }
        if (!ADDRESS.matcher(url).matches()) {
            throw new InvalidSettingException(
                    URL, "must be a PostgreSQL address such as jdbc:postgresql://host:5432/throughline");
        }
        variables.required(USER);
        DatabaseRoles roles = new DatabaseRoles(
                role(variables, OWNER).orElse(DEFAULT_OWNER),
                role(variables, USER).orElseThrow());
        if (roles.application().equals(roles.owner())) {
            throw new InvalidSettingException(USER, "must be another role than " + OWNER + ", which owns the tables");
        }
        // Read by the data source alone; looked at here for a mistake that it would not tell.
        variables.secret("DB_PASSWORD");
        requirePoolSize(variables.text(POOL_SIZE));
        return new DatabaseSettings(url, roles, migration(variables, roles));
    }

    private static Optional<Migration> migration(Variables variables, DatabaseRoles roles) {
        Optional<String> user = role(variables, MIGRATION_USER);
        Optional<Secret> password = variables.secret(MIGRATION_PASSWORD);
        if (user.isEmpty() != password.isEmpty()) {
            throw new InvalidSettingException(user.isEmpty() ? MIGRATION_USER : MIGRATION_PASSWORD, "is not set");
        }
        if (user.filter(roles.application()::equals).isPresent()) {
            throw new InvalidSettingException(
                    USER, "must be another role than " + MIGRATION_USER + ", which may change the tables");
        }
        if (user.filter(roles.owner()::equals).isPresent()) {
            throw new InvalidSettingException(
                    MIGRATION_USER, "must be another role than " + OWNER + ", whom nobody can log in as");
        }
        return user.map(login -> new Migration(login, password.orElseThrow()));
    }

    private static Optional<String> role(Variables variables, String name) {
        Optional<String> role = variables.text(name);
        if (role.filter(text -> !ROLE.matcher(text).matches()).isPresent()) {
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
