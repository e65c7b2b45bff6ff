package dev.throughline.in.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.MappingMatch;
import java.io.IOException;
import java.net.MalformedURLException;
import java.util.EnumSet;

/**
 * Answers for pages that do not exist. The container would write their addresses into its log, decoded: whoever asks
 * for a strange enough page could make it look like lines of that log.
 */
@WebListener
public class MissingPages implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        FilterRegistration.Dynamic filter = event.getServletContext().addFilter("missing-pages", new NotFound());
        filter.setAsyncSupported(true);
        // Behind all other filters, which have their part in every answer.
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
    }

    /** Asks whether there is such a page before the container does. */
    static final class NotFound extends HttpFilter {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            if (request.getHttpServletMapping().getMappingMatch() == MappingMatch.DEFAULT && !exists(request)) {
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
            } else {
                chain.doFilter(request, response);
            }
        }

        private static boolean exists(HttpServletRequest request) {
            try {
                return request.getServletContext().getResource(page(request)) != null;
            } catch (MalformedURLException noAddress) {
                return false;
            }
        }

        /** The container leaves the whole address behind the servlet's own, which is empty for its default one. */
        private static String page(HttpServletRequest request) {
            String rest = request.getPathInfo();
            return rest == null ? request.getServletPath() : request.getServletPath() + rest;
        }
    }
}
