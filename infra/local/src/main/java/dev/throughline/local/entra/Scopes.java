package dev.throughline.local.entra;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The scopes of one request: those of OpenID Connect, and those of one resource.
 *
 * @param asked the request's own words
 * @param qualifier how the request named the resource last
 * @param named the bare names asked for, without {@code .default}, each with the words that asked for it
 * @param everything whether {@code .default} was asked for: all that is granted
 */
record Scopes(
        String asked,
        Resource resource,
        String qualifier,
        Map<String, String> named,
        boolean everything,
        Set<String> openId) {

    private static final Set<String> OPEN_ID = Set.of("openid", "profile", "email", "offline_access");

    /** @throws AadException if a resource or a scope is unknown, or if resources are mixed */
    static Scopes parse(String asked, Directory directory, Tenant tenant, App app) {
        Set<String> openId = new LinkedHashSet<>();
        Map<String, String> named = new LinkedHashMap<>();
        Optional<Resource> resource = Optional.empty();
        String qualifier = "";
        for (String scope : asked.trim().split(" +")) {
            if (OPEN_ID.contains(scope)) {
                openId.add(scope);
                continue;
            }
            int slash = scope.lastIndexOf('/');
            qualifier = slash < 0 ? Directory.GRAPH : scope.substring(0, slash);
            Resource found = find(qualifier, directory, tenant);
            if (resource.isPresent() && !resource.get().equals(found)) {
                throw new AadException(Aadsts.severalResources(asked));
            }
            resource = Optional.of(found);
            named.put(known(scope.substring(slash + 1), found, app), scope);
        }
        boolean everything = named.remove(Resource.DEFAULT_SCOPE) != null;
        if (everything && !named.isEmpty()) {
            throw new AadException(
                    Aadsts.scopeInvalid(asked, ".default scope can't be combined with resource-specific scopes."));
        }
        Resource target = resource.orElseGet(() -> directory.resourceById(Directory.GRAPH));
        return new Scopes(asked, target, qualifier, named, everything, openId);
    }

    /** @throws AadException if the resource is missing from the application's registration */
    Scopes listedFor(App app) {
        boolean signInOnly = named.isEmpty() && !everything;
        if (!signInOnly && !app.permissions().containsKey(resource.id())) {
            throw new AadException(Aadsts.resourceNotListed(app, resource));
        }
        return this;
    }

    Set<String> names() {
        return named.keySet();
    }

    /** What has to be consented to: the names asked for, or with {@code .default} those listed in the registration. */
    Set<String> wanted(App app) {
        return everything ? app.permissions().getOrDefault(resource.id(), Set.of()) : names();
    }

    /** The scopes as the answer of the token endpoint names them: qualified as asked, {@code .default} included. */
    String answered(Set<String> granted) {
        Set<String> qualified = new LinkedHashSet<>();
        granted.forEach(name -> qualified.add(named.getOrDefault(name, qualifier + "/" + name)));
        if (everything) {
            qualified.add(qualifier + "/" + Resource.DEFAULT_SCOPE);
        }
        return qualified.isEmpty() ? String.join(" ", openId) : String.join(" ", qualified);
    }

    boolean wantsIdToken() {
        return openId.contains("openid");
    }

    boolean wantsRefreshToken() {
        return openId.contains("offline_access");
    }

    private static Resource find(String qualifier, Directory directory, Tenant tenant) {
        return directory
                .resource(qualifier)
                .orElseThrow(() -> new AadException(Aadsts.resourceUnknown(qualifier, tenant)));
    }

    private static String known(String name, Resource resource, App app) {
        if (!name.equals(Resource.DEFAULT_SCOPE) && !resource.scopes().containsKey(name)) {
            throw new AadException(Aadsts.scopeUnknown(app, name, resource));
        }
        return name;
    }
}
