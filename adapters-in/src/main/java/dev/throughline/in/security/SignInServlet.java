package dev.throughline.in.security;

import dev.throughline.in.http.Problem;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Serves what clients read before anybody has signed in: the protected-resource metadata at both of its well-known
 * places and the web chat's settings. Both are built once, from settings alone and never from the Host header.
 */
@WebServlet(
        urlPatterns = {
            SignInServlet.CONFIG,
            "/.well-known/oauth-protected-resource",
            "/.well-known/oauth-protected-resource/api/v1/mcp"
        })
public class SignInServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    static final String CONFIG = "/api/v1/config";

    @Inject
    private transient SignInSettings settings;

    @Inject
    private transient Challenges challenges;

    private byte @Nullable [] config;
    private byte @Nullable [] metadata;

    @Override
    public void init() {
        SignInDocuments documents = new SignInDocuments(settings, challenges);
        config = documents.webChat().toString().getBytes(StandardCharsets.UTF_8);
        metadata = documents.protectedResource().toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (request.getMethod().equals("GET") || request.getMethod().equals("HEAD")) {
            super.service(request, response);
        } else {
            response.setHeader("Allow", "GET, HEAD");
            Problem.of(405, "method_not_allowed", "This address does not know that method.")
                    .writeTo(request, response);
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean isConfig = CONFIG.equals(request.getServletPath());
        byte[] body = isConfig ? config : metadata;
        response.setContentType("application/json");
        response.setHeader("Cache-Control", isConfig ? "no-store" : "max-age=300");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
