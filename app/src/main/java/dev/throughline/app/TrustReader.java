package dev.throughline.app;

import dev.throughline.access.TenantId;
import dev.throughline.in.security.Dialect;
import dev.throughline.in.security.TokenIssuer;
import dev.throughline.in.security.TokenSettings;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Reads whose tokens count: the authority, the issuers, their keys and our audiences, all of the one tenant. */
final class TrustReader {
    private static final String AUTHORITY = "AUTH_AUTHORITY";
    private static final String ISSUERS = "AUTH_ISSUERS";
    private static final String KEYS = "AUTH_JWKS_URL";
    private static final String FOUNDRY = "AUTH_ACCEPT_FOUNDRY_AUDIENCE";

    private final Variables variables;
    private final Addresses addresses;
    private final Tenancy tenancy;
    private final TenantId tenant;
    private final Set<String> audiences;

    TrustReader(Variables variables, Addresses addresses, Registration registration) {
        this.variables = variables;
        this.addresses = addresses;
        this.tenancy = new Tenancy(registration.tenant());
        this.tenant = new TenantId(registration.tenant());
        this.audiences = Audiences.read(variables, registration.client());
    }

    Trust trust() {
        URI authority = authority();
        List<String> names = names(authority);
        List<URI> keys = keys(names, authority);
        List<TokenIssuer> issuers = IntStream.range(0, names.size())
                .mapToObj(i -> TokenIssuer.named(names.get(i), tenant, keys.get(i), audiences))
                .toList();
        boolean remember = variables.isFirst("TOKEN_CACHE", "on", "off");
        return new Trust(authority, new TokenSettings(tenant, passing(issuers), remember));
    }

    private URI authority() {
        URI authority = addresses.of(AUTHORITY, Optional.of("https://login.microsoftonline.com/" + tenant));
        tenancy.require(AUTHORITY, authority);
        return authority;
    }

    private List<String> names(URI authority) {
        Optional<List<String>> listed = variables.list(ISSUERS);
        if (listed.isEmpty() && !tenancy.endsIn(authority)) {
            throw new InvalidSettingException(
                    ISSUERS, "is not set, and AUTH_AUTHORITY, which does not end in the tenant, does not tell it");
        }
        List<String> names = listed.orElse(List.of(authority + "/v2.0"));
        if (Set.copyOf(names).size() != names.size()) {
            throw new InvalidSettingException(ISSUERS, "must list each issuer once");
        }
        names.forEach(this::requireIssuer);
        return names;
    }

    private void requireIssuer(String name) {
        URI address = addresses.parsed(ISSUERS, name);
        tenancy.require(ISSUERS, address);
        if (tenancy.namedIn(address) && !ofEntra(name)) {
            throw new InvalidSettingException(
                    ISSUERS, "must spell an issuer of the tenant to end in /" + tenant + "/v2.0 or /" + tenant + "/");
        }
    }

    private List<URI> keys(List<String> names, URI authority) {
        boolean ofOneTenant = names.stream().allMatch(this::ofEntra);
        Optional<List<String>> listed = variables.list(KEYS);
        if (listed.isEmpty() && !(ofOneTenant && tenancy.endsIn(authority))) {
            throw new InvalidSettingException(
                    KEYS, "is not set, and must list where the issuers of AUTH_ISSUERS publish their keys");
        }
        List<URI> keys = listed.orElse(List.of(authority + "/discovery/v2.0/keys")).stream()
                .map(text -> addresses.parsed(KEYS, text))
                .toList();
        if (keys.size() == 1 && ofOneTenant) {
            return Collections.nCopies(names.size(), keys.get(0));
        }
        if (keys.size() != names.size()) {
            throw new InvalidSettingException(KEYS, "must list one address for each of AUTH_ISSUERS");
        }
        return keys;
    }

    /** Tokens for the agent service, which may be passed through to us where that is set, are of version 1.0. */
    private List<TokenIssuer> passing(List<TokenIssuer> issuers) {
        if (variables.isFirst(FOUNDRY, "false", "true")) {
            return issuers;
        }
        if (issuers.stream().noneMatch(TrustReader::ofFirstVersion)) {
            throw new InvalidSettingException(FOUNDRY, "needs the tenant's issuer of version 1.0 among AUTH_ISSUERS");
        }
        return issuers.stream()
                .map(issuer -> ofFirstVersion(issuer) ? issuer.passing(Set.of(Audiences.FOUNDRY)) : issuer)
                .toList();
    }

    private static boolean ofFirstVersion(TokenIssuer issuer) {
        return issuer.dialect() == Dialect.ENTRA_V1;
    }

    private boolean ofEntra(String name) {
        return name.endsWith("/" + tenant + "/v2.0") || name.endsWith("/" + tenant + "/");
    }
}
