/**
 * A stand-in for Microsoft Entra ID on one machine: discovery, keys, sign-in, consent and the token endpoint for the
 * sample people and applications, with the error numbers of the real service. Started in process by the launcher and by
 * tests; nothing here may depend on a module of the product, and nothing but {@code EntraStandIn} and what tests need
 * of it is public.
 *
 * <p>For scripts the authorization endpoint understands {@code login_hint} with {@code prompt=none} (answers at once,
 * session or not) and {@code login_hint} with {@code consent=accept} or {@code consent=decline}. The real service does
 * not.
 *
 * <p>Our API may prove itself by its secret, or by a {@code client_assertion} of one of two kinds:
 *
 * <ul>
 *   <li>signed by itself with a registered certificate, PS256 or RS256: {@code EntraStandIn.registerCertificate}, or
 *       the file {@code api-certificate.pem} in the data folder. Stricter than the real service: it lives for ten
 *       minutes at most, has a {@code jti}, and is good for one use (otherwise AADSTS700024, AADSTS50027);
 *   <li>a token of the managed identity {@code c0ffee00-0000-4000-8000-0000000000d1}, whose principal id, the subject
 *       of the federated credential, is {@code c0ffee00-0000-4000-8000-0000000000e1}; its issuer is the home tenant
 *       (version 2), its audience {@code api://AzureADTokenExchange}, which the token, as in the real service, gives as
 *       that application's id, {@code fb60f99c-7a34-4190-8149-302f77469936}.
 *       {@code EntraStandIn.startManagedIdentityEndpoint} hands it out as App Service does: {@code GET
 *       ?api-version=2019-08-01&resource=api://AzureADTokenExchange&client_id=…} with {@code X-IDENTITY-HEADER}.
 * </ul>
 *
 * <p>Not imitated:
 *
 * <ul>
 *   <li>passwords, multi-factor authentication, conditional access, risk, lock-out (their errors can be scripted);
 *   <li>credentials that expire or are revoked, but for the end of a certificate; certificates known by their subject
 *       name and issuer ({@code x5c}), or of another application than our API; federated credentials of other issuers
 *       than the home tenant; managed identities for anything but the token exchange; an agent's own identity proves
 *       itself by a secret here;
 *   <li>{@code response_mode=form_post}, response types other than {@code code}, POST to the authorization endpoint, a
 *       request without {@code redirect_uri}; PKCE {@code plain}, which the real service takes;
 *   <li>the device code flow, the password grant, the v1 endpoints, the tenants {@code common} and
 *       {@code organizations}, guests of another tenant;
 *   <li>Microsoft Graph and userinfo: a sign-in that asks for no resource gets a token with Graph's audience, which
 *       nothing here takes;
 *   <li>agent identity blueprints and their token exchange ({@code fmi_path}), client id metadata documents;
 *   <li>that the code of a single-page application may be redeemed across origins only (AADSTS9002327);
 *   <li>admin consent flows, permissions that only administrators may grant, app assignment (AADSTS50105 can be
 *       scripted);
 *   <li>single sign-out of other applications, continuous access evaluation, throttling;
 *   <li>{@code x5t} and {@code x5c} of the keys; the claims {@code aio}, {@code rh}, {@code groups}, {@code wids},
 *       {@code email}.
 * </ul>
 */
package dev.throughline.local.entra;
