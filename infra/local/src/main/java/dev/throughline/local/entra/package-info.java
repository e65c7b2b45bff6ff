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
 * <p>Not imitated:
 *
 * <ul>
 *   <li>passwords, multi-factor authentication, conditional access, risk, lock-out (their errors can be scripted);
 *   <li>certificates and {@code private_key_jwt} or federated client assertions (refused with AADSTS700027), managed
 *       identities, expired secrets; an agent's own identity proves itself by a secret here;
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
