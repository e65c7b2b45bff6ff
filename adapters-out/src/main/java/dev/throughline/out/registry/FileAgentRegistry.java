package dev.throughline.out.registry;

import dev.throughline.access.Agent;
import dev.throughline.access.AgentRegistry;
import dev.throughline.access.App;
import dev.throughline.access.ClientId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The agent registry in a file, such as an operator mounts. A change of the file takes effect within about a second;
 * one that is broken, or a file that is gone, leaves everything as it was and is logged once.
 */
public final class FileAgentRegistry implements AgentRegistry {
    private static final System.Logger LOG = System.getLogger(FileAgentRegistry.class.getName());
    private static final long CHECK_EVERY = Duration.ofSeconds(1).toNanos();
    private static final int LONGEST_FILE = 1024 * 1024;

    private final Path file;
    private final LongSupplier nanoTime;
    private final AtomicLong checked;
    private final RegistryReader reader = new RegistryReader();
    private volatile Stamp seen;
    private volatile Registry current;

    /** What tells one state of the file from another. */
    private record Stamp(FileTime modified, long size) {
        static final Stamp GONE = new Stamp(FileTime.fromMillis(0), -1);
    }

    /** @throws IllegalArgumentException whose message says in one sentence what is wrong with the file */
    public FileAgentRegistry(Path file) {
        this(file, System::nanoTime);
    }

    FileAgentRegistry(Path file, LongSupplier nanoTime) {
        this.file = file;
        this.nanoTime = nanoTime;
        checked = new AtomicLong(nanoTime.getAsLong());
        seen = stamp();
        current = load();
    }

    /**
     * A registry that never changes.
     *
     * @throws IllegalArgumentException whose message says in one sentence what is wrong with the content
     */
    public static AgentRegistry of(String content) {
        return new RegistryReader().read(content);
    }

    @Override
    public Optional<Agent> agentOf(ClientId client) {
        return registry().agentOf(client);
    }

    @Override
    public Optional<Agent> agentNamed(String name) {
        return registry().agentNamed(name);
    }

    @Override
    public List<Agent> agents() {
        return registry().agents();
    }

    @Override
    public Optional<App> appOf(ClientId client) {
        return registry().appOf(client);
    }

    @Override
    public List<App> apps() {
        return registry().apps();
    }

    @Override
    public boolean passesThrough(ClientId client) {
        return registry().passesThrough(client);
    }

    @Override
    public Set<ClientId> passthroughClients() {
        return registry().passthroughClients();
    }

    private Registry registry() {
        long now = nanoTime.getAsLong();
        long last = checked.get();
        if (now - last >= CHECK_EVERY && checked.compareAndSet(last, now)) {
            reloadIfChanged();
        }
        return current;
    }

    private void reloadIfChanged() {
        Stamp stamp = stamp();
        if (stamp.equals(seen)) {
            return;
        }
        seen = stamp;
        try {
            current = load();
            LOG.log(System.Logger.Level.INFO, "The agent registry was read anew.");
        } catch (IllegalArgumentException e) {
            LOG.log(System.Logger.Level.ERROR, "The agent registry stays as it was. {0}", e.getMessage());
        }
    }

    private Stamp stamp() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.size());
        } catch (IOException gone) {
            return Stamp.GONE;
        }
    }

    private Registry load() {
        try (InputStream content = Files.newInputStream(file)) {
            byte[] bytes = content.readNBytes(LONGEST_FILE + 1);
            if (bytes.length > LONGEST_FILE) {
                throw new IllegalArgumentException("The agent registry is longer than 1 MiB.");
            }
            return reader.read(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalArgumentException("The agent registry cannot be read from " + file + ".", e);
        }
    }
}
