package dev.throughline.app;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where the application runs, and so how strict it is. */
enum Environment {
    LOCAL,
    DEV,
    TEST,
    UAT,
    STAGING,
    PROD;

    private static final String VARIABLE = "ENVIRONMENT";

    /** That of {@code ENVIRONMENT}; the strictest where it is not set. */
    static Environment read(Variables variables) {
        String name = variables.text(VARIABLE).orElse(PROD.toString());
        return Arrays.stream(values())
                .filter(environment -> environment.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidSettingException(VARIABLE, "must be one of " + names()));
    }

    /** Whether developers work there, and nobody depends on its data. */
    boolean ofDevelopers() {
        return this == LOCAL || this == DEV || this == TEST;
    }

    /** Whether its data may be lost when the machine fails, without anybody missing them. */
    boolean mayForget() {
        return this == LOCAL || this == TEST;
    }

    private static String names() {
        return Arrays.stream(values()).map(Environment::toString).collect(Collectors.joining(", "));
    }

    /** The name in the settings. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
