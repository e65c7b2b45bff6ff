package dev.throughline.in.chat;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

/**
 * Makes JSON the chat's answer for whoever would take anything: the two ways to answer are equally good to Jakarta
 * REST, which would otherwise choose for itself.
 */
@Provider
@PreMatching
public class ChatAcceptFilter implements ContainerRequestFilter {
    private static final String PATH = "chat";

    @Override
    public void filter(ContainerRequestContext request) {
        boolean takesAnything = request.getAcceptableMediaTypes().stream().anyMatch(MediaType::isWildcardType);
        boolean asksForEvents = request.getAcceptableMediaTypes().stream()
                .anyMatch(type -> type.toString().startsWith(MediaType.SERVER_SENT_EVENTS));
        if (isChat(request) && takesAnything && !asksForEvents) {
            request.getHeaders().putSingle(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON);
        }
    }

    private static boolean isChat(ContainerRequestContext request) {
        return request.getUriInfo().getPath().replaceFirst("^/", "").equals(PATH);
    }
}
