package dev.throughline.in.mcp;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.WebListener;

/**
 * Registers the endpoint on exactly its path, which goes before Jakarta REST's wider one. Public, with an injected
 * field, because the container makes it.
 */
@WebListener
public class McpRegistration implements ServletContextListener {

    @Inject
    McpEndpoint endpoint;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletRegistration.Dynamic servlet = event.getServletContext().addServlet("mcp", endpoint.servlet());
        servlet.addMapping(McpEndpoint.PATH);
        servlet.setLoadOnStartup(1);
        servlet.setAsyncSupported(true);
    }
}
