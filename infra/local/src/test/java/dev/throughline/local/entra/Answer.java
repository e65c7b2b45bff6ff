package dev.throughline.local.entra;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.util.List;
import java.util.Map;

/** An answer over HTTP, with the readings that the tests take of it. */
record Answer(HttpResponse<String> http) {

    int status() {
        return http.statusCode();
    }

    String body() {
        return http.body();
    }

    String header(String name) {
        return http.headers().firstValue(name).orElse("");
    }

    Map<String, Object> json() {
        try {
            return JSONObjectUtils.parse(body());
        } catch (ParseException e) {
            throw new AssertionError("Not JSON: " + body(), e);
        }
    }

    String text(String field) {
        return String.valueOf(json().get(field));
    }

    /** "400 invalid_grant 65001", or "200" for success. */
    String outcome() {
        return status() == 200
                ? "200"
                : status() + " " + text("error") + " " + ((List<?>) json().get("error_codes")).get(0);
    }

    JWTClaimsSet claims(String field) {
        try {
            return SignedJWT.parse(text(field)).getJWTClaimsSet();
        } catch (ParseException e) {
            throw new AssertionError("No token in " + field + ": " + body(), e);
        }
    }

    /** The parameters that a redirect brings back, wherever the response mode puts them. */
    Parameters redirected() {
        String location = header("Location");
        int start = Math.max(location.indexOf('?'), location.indexOf('#'));
        return Parameters.parse(start < 0 ? "" : location.substring(start + 1));
    }

    String code() {
        return redirected().optional("code").orElseThrow(() -> new AssertionError("No code: " + this.describe()));
    }

    /** "access_denied AADSTS65004" of a refusal by redirect. */
    String refusal() {
        Parameters parameters = redirected();
        String description = parameters.optional("error_description").orElse("");
        return parameters.optional("error").orElse("") + " " + description.replaceAll(":.*", "");
    }

    private String describe() {
        return status() + " " + header("Location") + " " + body();
    }
}
