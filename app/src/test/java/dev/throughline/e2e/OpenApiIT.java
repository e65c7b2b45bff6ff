package dev.throughline.e2e;

import static dev.throughline.e2e.Problems.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.throughline.conversation.Ask;
import dev.throughline.in.rest.RestApplication;
import dev.throughline.local.run.LocalStack;
import dev.throughline.order.CustomerName;
import dev.throughline.order.OrderId;
import dev.throughline.order.OrderQuery;
import dev.throughline.order.OrderStatus;
import dev.throughline.order.Product;
import dev.throughline.order.Quantity;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.lang.reflect.Method;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of the API is what it does; the document is held against the resources and against their answers. */
class OpenApiIT {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");
    private static final String ORDER = Api.ORDERS + "/{id}";

    private final LocalStack stack = Running.stack();
    private final Api api = new Api(stack);
    private final Rows rows = new Rows(stack);
    private final Json document =
            Json.of(Http.send(api.anonymous("/openapi?format=json")).body());

    @Test
    void every_method_of_every_resource_is_in_the_document_and_no_other() {
        assertEquals(answersOfResources(), answersOfDocument());
    }

    @Test
    void every_parameter_of_an_address_is_in_the_document_and_no_other() {
        for (String path : names("/paths")) {
            Set<String> inAddress = Stream.of(path.split("/"))
                    .filter(part -> part.startsWith("{"))
                    .map(part -> part.replaceAll("[{}]", ""))
                    .collect(Collectors.toSet());
            for (String method : methods(path)) {
                assertEquals(inAddress, parameters(path, method, "path"), method + " " + path);
            }
        }
    }

    @Test
    void every_parameter_of_a_list_is_in_the_document_and_no_other() {
        HttpResponse<String> unknown = api.get(Person.VIC, Api.ORDERS + "?nonsense=1");
        String known = assertProblem(400, "parameter_unknown", unknown).text("detail");

        assertEquals(
                new TreeSet<>(List.of(known.replaceAll("A list takes |, each at most once\\.", "")
                        .split(", | and "))),
                parameters(Api.ORDERS, "get", "query"));
    }

    @ParameterizedTest
    @CsvSource({"post, /api/v1/orders, 201", "put, /api/v1/orders/{id}, 200", "post, /api/v1/chat, 200"})
    void every_member_of_a_body_is_in_the_document_and_the_example_can_be_sent_as_it_is(
            String method, String path, int done) {
        Json content = at("/paths", path, method, "requestBody", "content", "application/json");
        String address = path.replace("{id}", placed());

        String known = assertProblem(400, "property_unknown", send(method, address, Map.of("nonsense", 1)))
                .text("detail");
        HttpResponse<String> answer =
                send(method, address, content.at("/example").toString());

        assertEquals(
                new TreeSet<>(List.of(known.replaceAll(".*there are |\\.$", "").split(", "))),
                names(resolved(content.at("/schema")).at("/properties")));
        assertEquals(done, answer.statusCode(), answer.body());
        assertDescribed(method, path, answer);
        rows.change("delete from orders where number > 8");
    }

    @ParameterizedTest
    @CsvSource({
        "get, /api/v1/orders, ''",
        "get, /api/v1/orders, ?limit=1",
        "get, /api/v1/orders, ?limit=0",
        "get, /api/v1/orders/ORD-003, ''",
        "get, /api/v1/orders/ORD-002, ''",
        "delete, /api/v1/orders/ORD-003, ''"
    })
    void every_answer_looks_as_the_document_says(String method, String address, String query) {
        String path = address.replaceFirst("ORD-.*", "{id}");

        assertDescribed(
                method,
                path,
                method.equals("get") ? api.get(Person.VIC, address + query) : api.delete(Person.VIC, address));
        assertDescribed(
                method, path, Http.send(api.anonymous(address).method(method.toUpperCase(Locale.ROOT), noBody())));
    }

    @Test
    void a_change_is_made_on_the_documented_condition_only() {
        for (String method : List.of("put", "delete")) {
            assertEquals(Set.of("If-Match"), parameters(ORDER, method, "header"));
            HttpResponse<String> refused = Http.send(Api.withBody(
                    api.as(Person.ADA, Api.ORDERS + "/ORD-008").header("If-Match", "\"999999\""),
                    method.toUpperCase(Locale.ROOT),
                    Map.of("quantity", 1)));
            assertProblem(412, "version_changed", refused);
            assertDescribed(method, ORDER, refused);
        }
    }

    @Test
    void an_order_is_placed_once_for_the_documented_key_only() {
        assertEquals(Set.of("Idempotency-Key"), parameters(Api.ORDERS, "post", "header"));
        for (int quantity : List.of(1, 2)) {
            HttpResponse<String> answer = Http.send(Api.withBody(
                    api.as(Person.ADA, Api.ORDERS).header("Idempotency-Key", "openapi"),
                    "POST",
                    Map.of("customer_name", "Zoe", "product", "Desk Lamp", "quantity", quantity)));
            assertEquals(quantity == 1 ? 201 : 422, answer.statusCode(), answer.body());
            assertDescribed("post", Api.ORDERS, answer);
        }
        rows.change("delete from orders where number > 8; delete from order_key");
    }

    @Test
    void a_move_that_an_order_cannot_make_is_in_the_document() {
        HttpResponse<String> refused = api.put(Person.ADA, Api.ORDERS + "/ORD-001", Map.of("status", "pending"));

        assertProblem(409, "status_impossible", refused);
        assertDescribed("put", ORDER, refused);
    }

    @Test
    void the_documented_bounds_are_the_domains() {
        assertEquals(CustomerName.MAX_LENGTH, schema("CustomerName").number("maxLength"));
        assertEquals(Product.MAX_LENGTH, schema("Product").number("maxLength"));
        assertEquals(Quantity.MAX, schema("Quantity").number("maximum"));
        assertEquals(
                "^" + OrderId.PATTERN + "$",
                schema("Order").at("/properties/id").text("pattern"));
        assertEquals(
                Arrays.stream(OrderStatus.values()).map(OrderStatus::wire).toList(),
                schema("OrderStatus").all("/enum").stream()
                        .map(value -> value.node().stringValue())
                        .toList());
        assertEquals(
                Ask.Say.MAX_LENGTH,
                schema("ChatRequest").at("/properties/message").number("maxLength"));
        Json limit = at("/paths", Api.ORDERS, "get").all("/parameters").stream()
                .filter(parameter -> parameter.text("name").equals("limit"))
                .findFirst()
                .orElseThrow()
                .at("/schema");
        assertEquals(OrderQuery.MAX_LIMIT, limit.number("maximum"));
        assertEquals(OrderQuery.DEFAULT_LIMIT, limit.number("default"));
    }

    @Test
    void a_token_is_asked_for_by_the_page_that_tries_the_api_out() {
        assertEquals("bearer", at("/components", "securitySchemes", "bearer").text("scheme"));
        assertTrue(document.at("/security/0").node().has("bearer"));
        assertEquals(200, Http.send(api.anonymous("/openapi/ui/")).statusCode());
    }

    /** The methods of all resources, each with the media types of its answers. */
    private static Map<String, Set<String>> answersOfResources() {
        String root = RestApplication.class.getAnnotation(ApplicationPath.class).value();
        Map<String, Set<String>> answers = new TreeMap<>();
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.throughline").stream()
                        .filter(type -> type.isAnnotatedWith(Path.class))
                        .map(JavaClass::reflect)
                        .forEach(type -> Stream.of(type.getDeclaredMethods())
                                .forEach(method -> verb(method)
                                        .ifPresent(verb -> answers.computeIfAbsent(
                                                        verb + " " + root + path(type, method), key -> new TreeSet<>())
                                                .addAll(produced(type, method)))));
        return answers;
    }

    private Map<String, Set<String>> answersOfDocument() {
        Map<String, Set<String>> answers = new TreeMap<>();
        for (String path : names("/paths")) {
            for (String method : methods(path)) {
                // What is answered without a body declares the media type of its resource none the less.
                Set<String> types = names(at("/paths", path, method, "responses", "200", "content"));
                types.addAll(names(at("/paths", path, method, "responses", "201", "content")));
                answers.put(
                        method.toUpperCase(Locale.ROOT) + " " + path,
                        types.isEmpty() ? new TreeSet<>(Set.of("application/json")) : types);
            }
        }
        return answers;
    }

    private static Optional<String> verb(Method method) {
        return Stream.of(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(verb -> verb != null)
                .map(HttpMethod::value)
                .findFirst();
    }

    private static String path(Class<?> type, Method method) {
        Path own = method.getAnnotation(Path.class);
        return type.getAnnotation(Path.class).value() + (own == null ? "" : own.value());
    }

    private static List<String> produced(Class<?> type, Method method) {
        Produces own = method.getAnnotation(Produces.class);
        return List.of((own == null ? type.getAnnotation(Produces.class) : own).value());
    }

    /** Asserts that an answer's status is in the document by itself, with this media type and these members. */
    private void assertDescribed(String method, String path, HttpResponse<String> answer) {
        String seen = method + " " + path + " " + answer.statusCode() + " " + answer.body();
        Json response = resolved(at("/paths", path, method, "responses", Integer.toString(answer.statusCode())));
        assertTrue(!response.isNull(), seen);
        String type = answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        Json schema = resolved(response.at("/content/" + type.replace("/", "~1") + "/schema"));
        assertTrue(!schema.isNull(), seen);
        assertMembers(schema, Json.of(answer.body()), seen);
    }

    private void assertMembers(Json schema, Json value, String seen) {
        Set<String> members = names(value);
        assertTrue(names(schema.at("/properties")).containsAll(members), seen);
        schema.all("/required")
                .forEach(name -> assertTrue(members.contains(name.node().stringValue()), seen));
        for (String name : members) {
            Json member = resolved(schema.at("/properties/" + name));
            List<Json> elements = value.all("/" + name);
            if (value.at("/" + name).node().isObject()) {
                assertMembers(member, value.at("/" + name), seen);
            } else if (!elements.isEmpty() && elements.get(0).node().isObject()) {
                elements.forEach(element -> assertMembers(resolved(member.at("/items")), element, seen));
            }
        }
    }

    private Set<String> parameters(String path, String method, String place) {
        return Stream.of(at("/paths", path), at("/paths", path, method))
                .map(described -> described.all("/parameters"))
                .flatMap(Collection::stream)
                .map(this::resolved)
                .filter(parameter -> parameter.text("in").equals(place))
                .map(parameter -> parameter.text("name"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> methods(String path) {
        Set<String> methods = names(at("/paths", path));
        methods.retainAll(METHODS);
        return methods;
    }

    private Json schema(String name) {
        return at("/components", "schemas", name);
    }

    /** What a reference refers to, or the value itself. */
    private Json resolved(Json value) {
        return value.node().has("$ref") ? document.at(value.text("$ref").substring(1)) : value;
    }

    private Json at(String first, String... names) {
        return document.at(first
                + Stream.of(names)
                        .map(name -> "/" + name.replace("~", "~0").replace("/", "~1"))
                        .collect(Collectors.joining()));
    }

    private Set<String> names(String pointer) {
        return names(document.at(pointer));
    }

    private static Set<String> names(Json object) {
        return new TreeSet<>(object.node().propertyNames());
    }

    private String placed() {
        Map<String, Object> order = Map.of("customer_name", "Zoe", "product", "Lamp", "quantity", 1);
        return Json.of(send("post", Api.ORDERS, order).body()).text("id");
    }

    private HttpResponse<String> send(String method, String path, Object body) {
        return Http.send(Api.withBody(api.as(Person.PAT, path), method.toUpperCase(Locale.ROOT), body));
    }

    private static BodyPublisher noBody() {
        return BodyPublishers.noBody();
    }
}
