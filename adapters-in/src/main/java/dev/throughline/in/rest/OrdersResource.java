package dev.throughline.in.rest;

import dev.throughline.access.Action;
import dev.throughline.access.Caller;
import dev.throughline.access.Door;
import dev.throughline.in.http.Problem;
import dev.throughline.in.http.ProblemException;
import dev.throughline.in.orders.ApprovalLinks;
import dev.throughline.in.orders.OrderDesk;
import dev.throughline.in.orders.OrderLists;
import dev.throughline.in.orders.StatusMoves;
import dev.throughline.in.orders.WireOrder;
import dev.throughline.in.refusal.Refusals;
import dev.throughline.in.security.CurrentCaller;
import dev.throughline.in.wire.InvalidCursorException;
import dev.throughline.order.IdempotencyKey;
import dev.throughline.order.KeyedOrder;
import dev.throughline.order.NewOrder;
import dev.throughline.order.Order;
import dev.throughline.order.OrderOutcome;
import dev.throughline.order.OrderOutcome.ChangedMeanwhile;
import dev.throughline.order.OrderQuery;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** The order desk for programs that speak HTTP: each method parses, calls its use case and renders. */
@Path("/orders")
@Produces(MediaType.APPLICATION_JSON)
@CountedWrites
@Dependent
public class OrdersResource {
    private static final String ADDRESS = "/api/v1/orders/";

    /** Marks an answer that was given before; nothing was done for this one. */
    private static final String REPLAYED = "Idempotency-Replayed";

    private final CurrentCaller current;
    private final OrderDesk desk;
    private final OrderLists lists;
    private final Refusals refusals;
    private final ApprovalLinks links;

    @Inject
    public OrdersResource(
            CurrentCaller current, OrderDesk desk, OrderLists lists, Refusals refusals, ApprovalLinks links) {
        this.current = current;
        this.desk = desk;
        this.lists = lists;
        this.refusals = refusals;
        this.links = links;
    }

    @GET
    public Response list(@Context UriInfo uri) {
        Caller caller = current.caller();
        OrderQuery query = query(caller, ListParameters.of(uri.getQueryParameters()));
        return render(
                Action.LIST_ORDERS,
                desk.list(caller, Door.REST, query),
                page -> data(Response.ok(lists.page(caller, query, page))));
    }

    @POST
    public Response place(@Context HttpHeaders headers, InputStream body) throws IOException {
        Optional<IdempotencyKey> key = IdempotencyKeys.sent(sent(headers, IdempotencyKeys.HEADER));
        NewOrder order = OrderBodies.newOrder(body, contentType(headers));
        return key.map(once -> place(new KeyedOrder(once, order)))
                .orElseGet(() -> placed(desk.place(current.caller(), Door.REST, order)));
    }

    private Response place(KeyedOrder order) {
        return desk.place(current.caller(), Door.REST, order)
                .match(
                        this::placed,
                        before -> order(created(before).header(REPLAYED, "true"), before),
                        () -> {
                            throw new ProblemException(
                                    Problem.of(
                                            409,
                                            "request_running",
                                            "A request with this Idempotency-Key is being carried out; ask again in a"
                                                    + " moment."),
                                    Map.of(HttpHeaders.RETRY_AFTER, "1"));
                        },
                        () -> {
                            throw new ProblemException(Problem.of(
                                    422,
                                    "key_reused",
                                    "This Idempotency-Key has been used for another order; choose a new one."));
                        });
    }

    private Response placed(OrderOutcome<Order> outcome) {
        return render(Action.CREATE_ORDER, outcome, order -> order(created(order), order));
    }

    @GET
    @Path("/{id}")
    public Response find(@PathParam("id") String id) {
        return render(
                Action.READ_ORDER, desk.find(current.caller(), Door.REST, id), order -> order(Response.ok(), order));
    }

    @PUT
    @Path("/{id}")
    public Response amend(@PathParam("id") String id, @Context HttpHeaders headers, InputStream body)
            throws IOException {
        Caller caller = current.caller();
        var changes = OrderBodies.changes(body, contentType(headers));
        return render(
                Action.UPDATE_ORDER,
                inVersion(headers, version -> desk.amend(caller, Door.REST, id, changes, version)),
                order -> order(Response.ok(), order));
    }

    @DELETE
    @Path("/{id}")
    public Response delete(@PathParam("id") String id, @Context HttpHeaders headers) {
        Caller caller = current.caller();
        return render(
                Action.DELETE_ORDER,
                inVersion(headers, version -> desk.delete(caller, Door.REST, id, version)),
                order -> Response.noContent().build());
    }

    private OrderQuery query(Caller caller, ListParameters asked) {
        try {
            return lists.query(caller, asked.status(), asked.cursor(), asked.limit());
        } catch (InvalidCursorException e) {
            throw new ProblemException(Problem.ofField("cursor_invalid", "cursor", InvalidCursorException.SENTENCE));
        }
    }

    /** Tries the versions that the request names, until one is the order's. */
    private static OrderOutcome<Order> inVersion(
            HttpHeaders headers, Function<OptionalLong, OrderOutcome<Order>> change) {
        OrderOutcome<Order> outcome = new ChangedMeanwhile<>();
        for (OptionalLong version : IfMatch.expected(sent(headers, HttpHeaders.IF_MATCH))) {
            outcome = change.apply(version);
            if (!(outcome instanceof ChangedMeanwhile)) {
                return outcome;
            }
        }
        return outcome;
    }

    private <T> Response render(Action action, OrderOutcome<T> outcome, Function<T, Response> done) {
        return outcome.match(
                made -> done.apply(made.value()),
                () -> {
                    throw new ProblemException(Problem.of(404, "order_not_found", "There is no such order."));
                },
                () -> {
                    throw new ProblemException(Problem.of(
                            412, "version_changed", "The order has changed; read it again before you change it."));
                },
                status -> {
                    throw new ProblemException(Problem.of(409, "status_impossible", StatusMoves.sentence(status)));
                },
                approval -> {
                    refusals.asked(current.occasion(), current.caller(), action, approval.id());
                    throw new ProblemException(Problem.of(
                            403,
                            "approval_needed",
                            "This needs your approval: decide on it at " + links.to(approval.id()) + "."));
                },
                refusal -> {
                    throw refusals.exception(current.caller(), action, refusal);
                });
    }

    private static Response.ResponseBuilder created(Order order) {
        // As a plain header: Response.created() would put the request's Host header in front.
        return Response.status(Response.Status.CREATED).header(HttpHeaders.LOCATION, ADDRESS + order.id());
    }

    private static Response order(Response.ResponseBuilder response, Order order) {
        return data(response.tag(Long.toString(order.version())).entity(WireOrder.of(order)));
    }

    private static Response data(Response.ResponseBuilder response) {
        return response.header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    private static Optional<String> contentType(HttpHeaders headers) {
        return Optional.ofNullable(headers.getHeaderString(HttpHeaders.CONTENT_TYPE));
    }

    private static List<String> sent(HttpHeaders headers, String name) {
        return Optional.ofNullable(headers.getRequestHeader(name)).orElse(List.of());
    }
}
