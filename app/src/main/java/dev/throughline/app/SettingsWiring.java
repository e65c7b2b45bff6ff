package dev.throughline.app;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** Reads the settings, once. */
@Dependent
class SettingsWiring {
    private static final System.Logger LOG = System.getLogger(SettingsWiring.class.getName());

    @Produces
    @Singleton
    Settings settings(Config config) {
        Variables variables = new Variables(config);
        Settings settings = Settings.read(variables);
        Misspellings.of(variables).ifPresent(line -> LOG.log(System.Logger.Level.WARNING, line));
        return settings;
    }
}
