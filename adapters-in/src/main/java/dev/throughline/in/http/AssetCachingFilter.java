package dev.throughline.in.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Lets browsers keep the web chat's assets, whose names change with their content, and ask again for the page that
 * names them.
 */
@WebFilter(urlPatterns = {"/", "/index.html", "/assets/*"})
public class AssetCachingFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean named = request.getServletPath().startsWith("/assets/");
        response.setHeader("Cache-Control", named ? "public, max-age=31536000, immutable" : "no-cache");
        chain.doFilter(request, response);
    }
}
