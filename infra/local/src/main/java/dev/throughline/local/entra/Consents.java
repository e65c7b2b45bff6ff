package dev.throughline.local.entra;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What people allowed applications to do for them, per user, application and scope; kept between runs. */
final class Consents {

    private final Directory directory;
    private final PrivateFile file;
    private final Map<String, Set<String>> given;

    Consents(Directory directory, PrivateFile file) {
        this.directory = directory;
        this.file = file;
        this.given = file.read().map(Consents::parse).orElseGet(TreeMap::new);
    }

    /** All that the application may ask for: consented to by the person, or granted to everybody up front. */
    synchronized Set<String> granted(Person person, App app, Resource resource) {
        Set<String> granted = new LinkedHashSet<>(directory.grantedUpFront(person.tenant(), app, resource));
        granted.addAll(given.getOrDefault(key(person, app, resource), Set.of()));
        return granted;
    }

    synchronized boolean cover(Person person, App app, Scopes scopes) {
        return granted(person, app, scopes.resource()).containsAll(scopes.wanted(app));
    }

    /** The scopes that a token gets: exactly those asked for, and with {@code .default} all that are granted. */
    Set<String> issued(Person person, App app, Scopes scopes) {
        return scopes.everything() ? granted(person, app, scopes.resource()) : scopes.names();
    }

    synchronized void give(Person person, App app, Scopes scopes) {
        if (cover(person, app, scopes)) {
            return;
        }
        given.computeIfAbsent(key(person, app, scopes.resource()), missing -> new TreeSet<>())
                .addAll(scopes.wanted(app));
        save();
    }

    synchronized void withdraw(Person person, App app) {
        given.keySet().removeIf(key -> key.startsWith(key(person, app)));
        save();
    }

    synchronized void forget() {
        given.clear();
        save();
    }

    private static String key(Person person, App app, Resource resource) {
        return key(person, app) + resource.id();
    }

    private static String key(Person person, App app) {
        return person.tenant().id() + " " + person.id() + " " + app.clientId() + " ";
    }

    private void save() {
        Map<String, Object> json = new TreeMap<>();
        given.forEach((key, scopes) -> json.put(key, new ArrayList<>(scopes)));
        file.write(JSONObjectUtils.toJSONString(json));
    }

    private static Map<String, Set<String>> parse(String text) {
        try {
            Map<String, Object> json = JSONObjectUtils.parse(text);
            Map<String, Set<String>> given = new TreeMap<>();
            for (String key : json.keySet()) {
                given.put(key, new TreeSet<>(List.of(JSONObjectUtils.getStringArray(json, key))));
            }
            return given;
        } catch (ParseException e) {
            throw new IllegalStateException("The file of consents is damaged; delete it to start afresh", e);
        }
    }
}
