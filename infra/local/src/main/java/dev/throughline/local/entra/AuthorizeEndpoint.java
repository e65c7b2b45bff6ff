package dev.throughline.local.entra;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** {@code /oauth2/v2.0/authorize} and the two forms behind it: who is it, and does that person agree. */
final class AuthorizeEndpoint {

    private static final Duration CODE_LIFETIME = Duration.ofMinutes(5);

    private final Directory directory;
    private final Consents consents;
    private final Expiring<AuthorizationCode> codes;
    private final Sessions sessions;
    private final String baseUrl;
    private final Clock clock;
    private final Expiring<Waiting> waitingForSignIn;
    private final Expiring<Waiting> waitingForConsent;

    /** A request that waits for the person; {@code session} is empty until somebody signed in. */
    private record Waiting(AuthorizationRequest request, Scopes scopes, Optional<Sessions.Session> session) {}

    AuthorizeEndpoint(
            Directory directory,
            Consents consents,
            Expiring<AuthorizationCode> codes,
            Sessions sessions,
            String baseUrl,
            Clock clock) {
        this.directory = directory;
        this.consents = consents;
        this.codes = codes;
        this.sessions = sessions;
        this.baseUrl = baseUrl;
        this.clock = clock;
        this.waitingForSignIn = new Expiring<>(1000, Duration.ofMinutes(15), clock);
        this.waitingForConsent = new Expiring<>(1000, Duration.ofMinutes(15), clock);
    }

    void begin(Tenant tenant, Exchange exchange) throws IOException {
        AuthorizationRequest request = AuthorizationRequest.trusted(tenant, directory, exchange.query());
        refusingByRedirect(request, exchange, () -> identify(request, request.check(directory), exchange));
    }

    void signIn(Tenant tenant, Exchange exchange) throws IOException {
        Parameters form = ownForm(exchange);
        Waiting waiting = take(waitingForSignIn, tenant, form);
        Person person = directory
                .personById(tenant, form.required("person"))
                .orElseThrow(() -> new AadException(Aadsts.malformed("Nobody of that name is in the directory.")));
        Sessions.Session session = sessions.begin(exchange, person);
        refusingByRedirect(
                waiting.request(), exchange, () -> agree(waiting.request(), waiting.scopes(), session, exchange));
    }

    void consent(Tenant tenant, Exchange exchange) throws IOException {
        Parameters form = ownForm(exchange);
        Waiting waiting = take(waitingForConsent, tenant, form);
        Sessions.Session session = waiting.session().orElseThrow();
        refusingByRedirect(waiting.request(), exchange, () -> {
            decide(form.required("decision"), session.person(), waiting.request(), waiting.scopes());
            answerWithCode(waiting.request(), waiting.scopes(), session, exchange);
        });
    }

    private void identify(AuthorizationRequest request, Scopes scopes, Exchange exchange) throws IOException {
        Optional<Person> hinted = request.hinted(directory);
        boolean scripted = request.prompts("none") || request.scriptedConsent().isPresent();
        if (scripted && hinted.isPresent()) {
            agree(request, scopes, new Sessions.Session(hinted.get(), clock.instant()), exchange);
            return;
        }
        if (request.scriptedConsent().isPresent()) {
            throw new AadException(Aadsts.signInRequired());
        }
        Optional<Sessions.Session> session = sessions.of(exchange, request.tenant())
                .filter(present -> request.parameters().optional("login_hint").isEmpty()
                        || hinted.equals(Optional.of(present.person())));
        boolean ask = request.prompts("login") || request.prompts("select_account");
        if (session.isPresent() && !ask) {
            agree(request, scopes, session.get(), exchange);
        } else if (request.prompts("none")) {
            throw new AadException(Aadsts.signInRequired());
        } else {
            String flow = waitingForSignIn.add(new Waiting(request, scopes, Optional.empty()));
            exchange.page(200, Pages.signIn(request, directory.people(request.tenant()), hinted, flow));
        }
    }

    private void agree(AuthorizationRequest request, Scopes scopes, Sessions.Session session, Exchange exchange)
            throws IOException {
        Person person = session.person();
        Optional<String> scripted = request.scriptedConsent();
        if (scripted.isPresent()) {
            decide(scripted.get(), person, request, scopes);
            answerWithCode(request, scopes, session, exchange);
        } else if (consents.cover(person, request.app(), scopes) && !request.prompts("consent")) {
            answerWithCode(request, scopes, session, exchange);
        } else if (request.prompts("none")) {
            throw new AadException(Aadsts.consentMissingSilently(request.app()));
        } else {
            String flow = waitingForConsent.add(new Waiting(request, scopes, Optional.of(session)));
            exchange.page(200, Pages.consent(request, scopes, person, flow));
        }
    }

    private void decide(String decision, Person person, AuthorizationRequest request, Scopes scopes) {
        switch (decision) {
            case "accept" -> consents.give(person, request.app(), scopes);
            case "decline" -> throw new AadException(Aadsts.userDeclined());
            default -> throw new AadException(Aadsts.malformed("A consent is 'accept' or 'decline'."));
        }
    }

    private void answerWithCode(
            AuthorizationRequest request, Scopes scopes, Sessions.Session session, Exchange exchange)
            throws IOException {
        String code = codes.add(new AuthorizationCode(
                session.person(),
                request.app(),
                request.redirectUri(),
                scopes,
                request.challenge(),
                request.parameters().optional("nonce").orElse(""),
                session.signedIn(),
                clock.instant().plus(CODE_LIFETIME),
                new AtomicBoolean()));
        Map<String, String> answer = new LinkedHashMap<>();
        answer.put("code", code);
        if (request.wantsClientInfo()) {
            answer.put("client_info", ClientInfo.of(session.person()));
        }
        redirect(request, answer, exchange);
    }

    private void refusingByRedirect(AuthorizationRequest request, Exchange exchange, Step step) throws IOException {
        try {
            step.run();
        } catch (AadException e) {
            ErrorDocument document = ErrorDocument.of(e.error(), exchange, baseUrl, clock);
            Map<String, String> answer = new LinkedHashMap<>();
            answer.put("error", e.error().error());
            answer.put("error_description", document.description());
            answer.put("error_uri", document.uri());
            redirect(request, answer, exchange);
        }
    }

    private static void redirect(AuthorizationRequest request, Map<String, String> answer, Exchange exchange)
            throws IOException {
        request.parameters().optional("state").ifPresent(state -> answer.put("state", state));
        String target = request.redirectUri();
        String separator = request.answersInFragment() ? "#" : target.contains("?") ? "&" : "?";
        String encoded = answer.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        exchange.redirect(target + separator + encoded);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The forms are ours: a browser says where a form comes from, and another site's is refused. */
    private Parameters ownForm(Exchange exchange) throws IOException {
        if (exchange.requestHeader("Origin")
                .filter(origin -> !origin.equals(baseUrl))
                .isPresent()) {
            throw new AadException(Aadsts.malformed("The form was sent from another site."));
        }
        return exchange.form();
    }

    private static Waiting take(Expiring<Waiting> store, Tenant tenant, Parameters form) {
        return store.take(form.required("flow"))
                .filter(waiting -> waiting.request().tenant().equals(tenant))
                .orElseThrow(() -> new AadException(Aadsts.pageExpired()));
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }
}
