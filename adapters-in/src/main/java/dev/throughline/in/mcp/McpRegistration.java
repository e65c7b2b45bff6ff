package dev.throughline.in.mcp;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.WebListener;
import java.util.Comparator;
import java.util.List;

/**
 * Registers the endpoint on exactly its path, which goes before Jakarta REST's wider one. Public, with an injected
 * field, because the container makes it.
 */
@WebListener
public class McpRegistration implements ServletContextListener {

    @Inject
    McpEndpoint endpoint;

    @Inject
    @Any
    Instance<McpFeatures> features;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletRegistration.Dynamic servlet = event.getServletContext().addServlet("mcp", endpoint.servlet(inOrder()));
        servlet.addMapping(McpEndpoint.PATH);
        servlet.setLoadOnStartup(1);
        servlet.setAsyncSupported(true);
    }

    /** The container finds beans in any order; clients shall find theirs in one. The order desk's comes first. */
    private List<McpFeatures> inOrder() {
        return features.stream()
                .sorted(Comparator.comparing((McpFeatures one) -> !(one instanceof OrderFeatures))
                        .thenComparing(one -> one.getClass().getName()))
                .toList();
    }
}
