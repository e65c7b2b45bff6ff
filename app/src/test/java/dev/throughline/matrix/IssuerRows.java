package dev.throughline.matrix;

import static dev.throughline.matrix.Outcome.letIn;
import static dev.throughline.matrix.Outcome.refused;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** T102 to T121: who issued it, and for which tenant. */
final class IssuerRows extends Rows {
    private static final Outcome ISSUER = refused("issuer_mismatch");
    private static final Outcome TENANT = refused("tenant_mismatch");
    private static final Outcome VERSION = refused("version_mismatch");

    IssuerRows() {
        claim("T102", "another issuer", "iss", "https://evil.example/v2.0", ISSUER);
        claim("T102", "the tenant's issuer in the real cloud", "iss", cloud(), ISSUER);
        without("T103", "iss", ISSUER);
        claim("T104", "iss", null, ISSUER);
        draft("T105", "a list with our issuer", ISSUER, good -> good.draft().with("iss", List.of(good.issuer())));
        claim("T106", "iss", 1, ISSUER);
        claim("T107", "iss", "", ISSUER);
        spelled("T108", "the tenant's issuer of version 1.0", iss -> iss.replace("/v2.0", "/"));
        draft(
                "T108",
                "a genuine token of version 1.0",
                ISSUER,
                good -> good.workshop().userForFoundry("ada"));
        draft(
                "T109",
                "the issuer of version 1.0 and ver 2.0",
                ISSUER,
                good -> good.draft()
                        .with("iss", good.issuer().replace("/v2.0", "/"))
                        .with("ver", "2.0"));
        claim("T110", "ver", "1.0", VERSION);
        claim("T110", "ver", 2.0, VERSION);
        without("T110", "ver", VERSION);
        draft(
                "T111",
                "a genuine token of another tenant for our API",
                ISSUER,
                good -> good.workshop().user("eve"));
        claim("T112", "the tid of another tenant", "tid", Good.PREFIX + "02", TENANT);
        without("T113", "tid", TENANT);
        claim("T113", "tid", null, TENANT);
        claim("T113", "tid", "common", TENANT);
        spelled("T114", "a slash at the issuer's end", iss -> iss + "/");
        spelled("T115", "more of a host behind the issuer", iss -> iss + ".evil.example");
        spelled("T116", "another host before the issuer", iss -> "https://evil.example/" + iss);
        spelled("T117", "the issuer in capitals", iss -> iss.toUpperCase(Locale.ROOT));
        spelled("T118", "another name of the issuer's machine", iss -> iss.replace("localhost", "127.0.0.1"));
        spelled("T119", "a letter that looks like another", iss -> iss.replace("localhost", "l\u043ecalhost"));
        spelled("T120", "another scheme", iss -> iss.replace("http:", "https:"));
        claim(
                "T121",
                "a guest who signs in elsewhere",
                "idp",
                "https://sts.windows.net/" + Good.PREFIX + "02/",
                letIn());
    }

    private void spelled(String id, String words, UnaryOperator<String> change) {
        draft(id, words, ISSUER, good -> good.draft().with("iss", change.apply(good.issuer())));
    }

    private static String cloud() {
        return "https://login.microsoftonline.com/" + Good.PREFIX + "01/v2.0";
    }
}
