package dev.throughline.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;

/** Settings in memory, in sources of which a later one gives way to an earlier one. */
final class FakeConfig implements Config {
    private final List<ConfigSource> sources = new ArrayList<>();

    private FakeConfig(List<ConfigSource> sources) {
        this.sources.addAll(sources);
    }

    /** The environment's variables. */
    static FakeConfig of(Map<String, String> environment) {
        return new FakeConfig(List.of(new FakeSource("environment", 300, Map.copyOf(environment))));
    }

    /** The same settings, and below them those of another source, such as a file. */
    FakeConfig and(int ordinal, Map<String, String> file) {
        List<ConfigSource> both = new ArrayList<>(sources);
        both.add(new FakeSource("file", ordinal, Map.copyOf(file)));
        return new FakeConfig(both);
    }

    @Override
    public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
        return sources.stream()
                .filter(source -> source.getPropertyNames().contains(name))
                .findFirst()
                .map(source -> type.cast(source.getValue(name)));
    }

    @Override
    public Iterable<String> getPropertyNames() {
        return sources.stream()
                .flatMap(source -> source.getPropertyNames().stream())
                .toList();
    }

    @Override
    public Iterable<ConfigSource> getConfigSources() {
        return sources;
    }

    @Override
    public <T> T getValue(String name, Class<T> type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ConfigValue getConfigValue(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> Optional<Converter<T>> getConverter(Class<T> type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        throw new UnsupportedOperationException();
    }

    private record FakeSource(String name, int ordinal, Map<String, String> values) implements ConfigSource {
        @Override
        public Set<String> getPropertyNames() {
            return new TreeMap<>(values).keySet();
        }

        @Override
        public @Nullable String getValue(String name) {
            return values.get(name);
        }

        @Override
        public String getName() {
            return name;
        }

        @Override
        public int getOrdinal() {
            return ordinal;
        }
    }
}
