package dev.throughline.in.mcp;

import dev.throughline.access.Action;
import dev.throughline.access.Decision;
import dev.throughline.access.Decision.NeedsScope;
import dev.throughline.access.Decision.Refusal;
import dev.throughline.in.mcp.McpResources.Page;
import dev.throughline.in.mcp.Message.ToolCall;
import dev.throughline.in.mcp.ToolCallGate.Next;
import dev.throughline.in.refusal.Refusals;
import io.modelcontextprotocol.spec.McpSchema.ListResourcesResult;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.Resource;
import io.modelcontextprotocol.spec.McpSchema.ResourceContents;
import io.modelcontextprotocol.spec.McpSchema.ResourceTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Lists and reads resources, each time decided and recorded as a tool call is, under the name of the method. What a
 * caller may not see is answered like what does not exist.
 */
final class Resources {
    private static final int MAX_SHOWN = 512;
    private static final String NOT_FOUND = "There is no such resource.";
    /** Which set of resources a page is of, and that set's own cursor; none for its first page. */
    private static final Pattern CURSOR = Pattern.compile("([0-9]{1,3}):(.{0,512})");

    private final List<McpResources> all;
    private final ToolCallGate gate;
    private final Refusals refusals;

    Resources(List<McpResources> all, ToolCallGate gate, Refusals refusals) {
        this.all = List.copyOf(all);
        this.gate = gate;
        this.refusals = refusals;
    }

    /** The forms of the addresses that a caller may read. */
    List<ResourceTemplate> templates(ToolContext context) {
        return all.stream()
                .filter(one -> gate.offers(context.caller(), one.reading()))
                .flatMap(one -> one.templates().stream())
                .toList();
    }

    /** A page: of one set of resources, or of several where they are small. */
    ListResourcesResult list(Message message, Era era, ToolContext context) throws RpcException {
        Place place = place(message, era);
        List<Resource> items = new ArrayList<>();
        Optional<String> cursor = place.cursor();
        for (int i = place.set(); i < all.size(); i++) {
            Page page = page(all.get(i), message, era, context, cursor);
            items.addAll(page.items());
            if (page.next().isPresent()) {
                return ListResourcesResult.builder(items)
                        .nextCursor(i + ":" + page.next().get())
                        .build();
            }
            cursor = Optional.empty();
        }
        return ListResourcesResult.builder(items).build();
    }

    ReadResourceResult read(Message message, Era era, ToolContext context) throws RpcException, InputRequiredException {
        String uri = message.text("uri")
                .orElseThrow(() -> message.malformed(era, "Reading a resource needs its address, uri."));
        McpResources resources =
                all.stream().filter(one -> one.covers(uri)).findFirst().orElseThrow(() -> notFound(message, era, uri));
        decide(resources.reading(), message, Map.of("uri", uri), context);
        List<ResourceContents> contents = resources.read(context, uri);
        if (contents.isEmpty()) {
            throw notFound(message, era, uri);
        }
        return ReadResourceResult.builder(contents).build();
    }

    private Page page(McpResources resources, Message message, Era era, ToolContext context, Optional<String> cursor)
            throws RpcException {
        if (!gate.offers(context.caller(), resources.listing())) {
            return new Page(List.of(), Optional.empty());
        }
        decide(
                resources.listing(),
                message,
                cursor.<Map<String, @Nullable Object>>map(value -> Map.of("cursor", value))
                        .orElse(Map.of()),
                context);
        try {
            return resources.page(context, cursor);
        } catch (ToolErrorException e) {
            throw message.malformed(era, e.getMessage());
        }
    }

    private void decide(Action action, Message message, Map<String, @Nullable Object> arguments, ToolContext context)
            throws RpcException {
        Decision decision = gate.decide(context.caller(), action, new ToolCall(message.method(), arguments), Next.RUNS);
        if (decision instanceof NeedsScope needs) {
            throw refusals.exception(context.caller(), action, needs);
        }
        if (decision instanceof Refusal refusal) {
            throw message.fault(
                    200,
                    RpcError.of(
                            RpcError.REFUSED,
                            refusals.sentence(context.occasion(), context.caller(), action, refusal)));
        }
    }

    private Place place(Message message, Era era) throws RpcException {
        JsonNode cursor = message.params().path("cursor");
        if (cursor.isMissingNode()) {
            return new Place(0, Optional.empty());
        }
        Matcher matcher = CURSOR.matcher(cursor.isString() ? cursor.stringValue() : "");
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) >= all.size()) {
            throw message.malformed(era, "This cursor does not belong to this list; start again without one.");
        }
        return new Place(Integer.parseInt(matcher.group(1)), Optional.of(matcher.group(2)));
    }

    private static RpcException notFound(Message message, Era era, String uri) {
        Map<String, Object> data = uri.length() > MAX_SHOWN ? Map.of() : Map.of("uri", uri);
        return message.fault(200, new RpcError(era.resourceNotFound(), NOT_FOUND, data));
    }

    /** Where a page begins. */
    private record Place(int set, Optional<String> cursor) {}
}
