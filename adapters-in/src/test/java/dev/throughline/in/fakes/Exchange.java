package dev.throughline.in.fakes;

import jakarta.servlet.ReadListener;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One request to a servlet and its response, as far as our servlets use them; asked for anything else, it says so. */
public final class Exchange {
    private final String method;
    private final String uri;
    private final byte[] body;
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Object> attributes = new HashMap<>();
    private final Map<String, String> answered = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private final PrintWriter writer = new PrintWriter(answer, false, StandardCharsets.UTF_8);
    private int status = 200;

    private Exchange(String method, String uri, byte[] body) {
        this.method = method;
        this.uri = uri;
        this.body = body.clone();
    }

    /** A request without headers. */
    public static Exchange of(String method, String uri, byte[] body) {
        return new Exchange(method, uri, body);
    }

    /** The same request with a header; a header that it has already is sent twice. */
    public Exchange with(String name, String value) {
        headers.merge(name, List.of(value), (old, added) -> List.of(old.get(0), added.get(0)));
        return this;
    }

    /** The same request with a header of another value. */
    public Exchange replacing(String name, String value) {
        headers.put(name, List.of(value));
        return this;
    }

    /** The same request without a header. */
    public Exchange without(String name) {
        headers.remove(name);
        return this;
    }

    /** Lets a servlet answer. */
    public Exchange sentTo(Servlet servlet) throws ServletException, IOException {
        servlet.service(request(), response());
        writer.flush();
        return this;
    }

    public int status() {
        return status;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(answered.get(name));
    }

    public String text() {
        writer.flush();
        return answer.toString(StandardCharsets.UTF_8);
    }

    public HttpServletRequest request() {
        return proxy(HttpServletRequest.class, (self, called, arguments) -> switch (called.getName()) {
            case "getMethod" -> method;
            case "getRequestURI" -> uri;
            case "getQueryString" -> null;
            case "getProtocol" -> "HTTP/1.1";
            case "getServerName" -> host();
            case "getRemoteAddr" -> "192.0.2.7";
            case "getHeader" -> first((String) arguments[0]);
            case "getHeaders" -> Collections.enumeration(headers.getOrDefault((String) arguments[0], List.of()));
            case "getHeaderNames" -> Collections.enumeration(headers.keySet());
            case "getContentType" -> first("Content-Type");
            case "getContentLengthLong" -> (long) body.length;
            case "getCharacterEncoding" -> null;
            case "getInputStream" -> new Input(new ByteArrayInputStream(body));
            case "getAttribute" -> attributes.get((String) arguments[0]);
            case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
            default -> throw new UnsupportedOperationException(called.toString());
        });
    }

    public HttpServletResponse response() {
        return proxy(HttpServletResponse.class, (self, called, arguments) -> switch (called.getName()) {
            case "setStatus" -> {
                status = (Integer) arguments[0];
                yield null;
            }
            case "setHeader" -> answered.put((String) arguments[0], (String) arguments[1]);
            case "setContentType" -> answered.put("Content-Type", (String) arguments[0]);
            case "setContentLength" -> answered.put("Content-Length", String.valueOf(arguments[0]));
            case "setCharacterEncoding", "flushBuffer" -> null;
            case "getOutputStream" -> new Output(answer);
            case "getWriter" -> writer;
            default -> throw new UnsupportedOperationException(called.toString());
        });
    }

    private @Nullable String host() {
        String host = first("Host");
        return host == null ? null : host.replaceFirst(":[0-9]+$", "");
    }

    private @Nullable String first(String name) {
        return headers.containsKey(name) ? headers.get(name).get(0) : null;
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, called, given) -> {
            Object result = handler.invoke(self, called, given);
            return called.getReturnType() == void.class ? null : result;
        }));
    }

    private static final class Input extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        Input(ByteArrayInputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Output extends ServletOutputStream {
        private final ByteArrayOutputStream bytes;

        Output(ByteArrayOutputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public void write(int b) {
            bytes.write(b);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
