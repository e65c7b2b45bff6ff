package dev.throughline.app;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** The settings as texts, by the names of their variables. What is blank is not set. */
final class Variables {
    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final Config config;
    private final Set<String> asked = new TreeSet<>();

    Variables(Config config) {
        this.config = config;
    }

    Optional<String> text(String name) {
        asked.add(name);
        return config.getOptionalValue(name, String.class).map(String::strip).filter(text -> !text.isEmpty());
    }

    String required(String name) {
        return text(name).orElseThrow(() -> new InvalidSettingException(name, "is not set"));
    }

    /** One of two words, of which the first holds where nothing is set. */
    boolean isFirst(String name, String first, String second) {
        String text = text(name).orElse(first);
        if (!text.equals(first) && !text.equals(second)) {
            throw new InvalidSettingException(name, "must be " + first + " or " + second);
        }
        return text.equals(first);
    }

    UUID guid(String name) {
        String text = required(name);
        if (!isGuid(text)) {
            throw new InvalidSettingException(name, "must be a GUID");
        }
        return UUID.fromString(text);
    }

    static boolean isGuid(String text) {
        return GUID.matcher(text).matches();
    }

    /** The entries of a list, in their order; nothing where it is not set. */
    Optional<List<String>> list(String name) {
        return text(name).map(text -> {
            List<String> entries =
                    Arrays.stream(text.split(",", -1)).map(String::strip).toList();
            if (entries.stream().anyMatch(entry -> entry.isEmpty() || entry.matches(".*\\s.*"))) {
                throw new InvalidSettingException(
                        name, "must be a list with commas between entries that have no spaces");
            }
            return entries;
        });
    }

    /** A secret, which may be set in one place only, so that it is clear which one holds and which one to renew. */
    Optional<Secret> secret(String name) {
        String file = name + "_FILE";
        if (text(file).isPresent()) {
            throw new InvalidSettingException(file, "is not supported, so " + name + " must hold the secret itself");
        }
        if (valuesOf(name) > 1) {
            throw new InvalidSettingException(name, "is set to different values in two places; keep one of them");
        }
        return text(name).map(Secret::new);
    }

    private long valuesOf(String name) {
        return StreamSupport.stream(config.getConfigSources().spliterator(), false)
                .filter(source -> source.getOrdinal() > ConfigSource.DEFAULT_ORDINAL)
                .map(source -> source.getValue(name))
                .filter(Objects::nonNull)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .distinct()
                .count();
    }

    /** The variables that are set under one of these prefixes and that nobody has asked for. */
    Set<String> unknown(Set<String> prefixes) {
        Set<String> unknown = new TreeSet<>();
        for (String name : config.getPropertyNames()) {
            if (!asked.contains(name) && prefixes.stream().anyMatch(name::startsWith)) {
                unknown.add(name);
            }
        }
        return unknown;
    }

    /** The variables that have been asked for. */
    Set<String> known() {
        return Set.copyOf(asked);
    }
}
