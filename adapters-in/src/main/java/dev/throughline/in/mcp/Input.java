package dev.throughline.in.mcp;

import dev.throughline.order.InvalidValueException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a tool takes, and nothing else.
 *
 * @param parameters in the order in which they are shown
 */
record Input(List<Parameter> parameters) {
    Input {
        parameters = List.copyOf(parameters);
    }

    static Input of(Parameter... parameters) {
        return new Input(List.of(parameters));
    }

    /** What clients are told. */
    Map<String, Object> schema() {
        Map<String, Object> members = new LinkedHashMap<>();
        parameters.forEach(parameter -> members.put(parameter.name(), parameter.schema()));
        return Schema.object(
                members,
                parameters.stream()
                        .filter(Parameter::required)
                        .map(Parameter::name)
                        .toList());
    }

    /**
     * The arguments of a call.
     *
     * @throws InvalidValueException if they are not as {@link #schema} says; its message repeats nothing of theirs but
     *     a harmless name
     */
    Arguments read(Map<String, @Nullable Object> sent) {
        sent.keySet().forEach(this::requireKnown);
        parameters.forEach(parameter -> requireForm(parameter, sent));
        return new Arguments(sent);
    }

    private void requireKnown(String name) {
        if (parameters.stream().noneMatch(parameter -> parameter.name().equals(name))) {
            String shown = name.matches("[A-Za-z0-9_.-]{1,64}") ? "named " + name : "of that name";
            throw new InvalidValueException("arguments", "There is no argument %s; %s.".formatted(shown, taken()));
        }
    }

    private String taken() {
        return parameters.isEmpty()
                ? "this tool takes none"
                : "this tool takes " + parameters.stream().map(Parameter::name).collect(Collectors.joining(", "));
    }

    private static void requireForm(Parameter parameter, Map<String, @Nullable Object> sent) {
        String name = parameter.name();
        if (!sent.containsKey(name)) {
            if (parameter.required()) {
                throw new InvalidValueException(name, name + " is required.");
            }
        } else if (!parameter.form().test(sent.get(name))) {
            throw new InvalidValueException(name, "%s must %s.".formatted(name, parameter.words()));
        }
    }
}
