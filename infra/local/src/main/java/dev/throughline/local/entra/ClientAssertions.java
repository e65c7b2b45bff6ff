package dev.throughline.local.entra;

/** {@code client_assertion}: which kind it is, its issuer tells. */
record ClientAssertions(CertificateCredentials certificates, FederatedCredentials federation) {

    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    void check(Tenant tenant, App app, Parameters form) {
        if (!form.required("client_assertion_type").equals(TYPE)) {
            throw new AadException(Aadsts.clientAssertionTypeUnknown());
        }
        ClientAssertion assertion = ClientAssertion.parse(form.required("client_assertion"));
        boolean ownWord =
                assertion.issuer().equals(app.clientId()) || assertion.issuer().equals(assertion.subject());
        if (ownWord) {
            certificates.check(assertion, tenant, app);
        } else {
            federation.check(assertion, app);
        }
    }
}
