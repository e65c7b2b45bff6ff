package dev.throughline.access;

import java.util.Set;
import java.util.function.Function;

/** The answer of {@link AccessPolicy}. */
public sealed interface Decision {

    /** The rule that decided, by its stable name. */
    String rule();

    /** Goes on in one of the two ways, so that no caller can forget the other. */
    default <T> T either(Function<Permit, T> permitted, Function<Refusal, T> refused) {
        return this instanceof Permit permit ? permitted.apply(permit) : refused.apply((Refusal) this);
    }

    /** Any answer but a permit. */
    sealed interface Refusal extends Decision {}

    /** No, and no scope would change that. */
    record Deny(DenyReason reason) implements Refusal {
        @Override
        public String rule() {
            return reason.code();
        }
    }

    /**
     * Not with this token: the person must allow the client more.
     *
     * @param scopes all the scopes that the action needs
     */
    record NeedsScope(Set<Scope> scopes) implements Refusal {
        public NeedsScope {
            scopes = Set.copyOf(scopes);
        }

        @Override
        public String rule() {
            return "scope_missing";
        }
    }

    /**
     * Yes, with the obligation to touch no other rows than {@link #rows()}. Only {@link AccessPolicy} can make one, and
     * no port to data can be called without one.
     */
    final class Permit implements Decision {
        private final Caller caller;
        private final Action action;
        private final RowFilter rows;
        private final String rule;

        Permit(Caller caller, Action action, RowFilter rows, String rule) {
            this.caller = caller;
            this.action = action;
            this.rows = rows;
            this.rule = rule;
        }

        /** Whom it was given to. */
        public Caller caller() {
            return caller;
        }

        /**
         * The person to whom it was given, for actions that the policy permits to people alone.
         *
         * @throws IllegalStateException if it was given to an agent as itself
         */
        public User user() {
            return caller.person().orElseThrow(() -> new IllegalStateException("This permit is not a person's"));
        }

        /** What it was given for; a port refuses a permit for anything else. */
        public Action action() {
            return action;
        }

        /** The rows it covers. */
        public RowFilter rows() {
            return rows;
        }

        @Override
        public String rule() {
            return rule;
        }

        /**
         * Guards a port against a permit that was given for something else.
         *
         * @throws IllegalArgumentException if it was not given for {@code expected}
         */
        public Permit requireFor(Action expected) {
            if (action != expected) {
                throw new IllegalArgumentException("A permit to " + action + " does not allow to " + expected);
            }
            return this;
        }
    }
}
