package dev.throughline.battery;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A JSON value that may be missing; reading below what is missing is missing, too. */
record Json(Object value) {
    static final Json MISSING = new Json(null);

    /** The object that a text holds; missing if it holds none. */
    static Json of(String text) {
        try {
            return new Json(JSONObjectUtils.parse(text));
        } catch (ParseException e) {
            return MISSING;
        }
    }

    static String text(Map<String, ?> object) {
        return JSONObjectUtils.toJSONString(object);
    }

    Json at(String name) {
        return value instanceof Map<?, ?> map ? new Json(map.get(name)) : MISSING;
    }

    boolean exists() {
        return value != null;
    }

    boolean isTrue() {
        return Boolean.TRUE.equals(value);
    }

    Optional<String> text() {
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }

    Optional<Long> number() {
        return value instanceof Number number ? Optional.of(number.longValue()) : Optional.empty();
    }

    Stream<Json> elements() {
        return value instanceof List<?> list ? list.stream().map(Json::new) : Stream.empty();
    }

    /** The members of an object, in their order. */
    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> members.put(String.valueOf(name), member));
        }
        return members;
    }
}
