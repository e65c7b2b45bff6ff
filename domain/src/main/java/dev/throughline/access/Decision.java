package dev.throughline.access;

import java.util.Optional;
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

    /** The answer's name in records and on the wire. */
    default String name() {
        if (this instanceof Permit) {
            return "permit";
        }
        if (this instanceof Deny) {
            return "deny";
        }
        if (this instanceof NeedsScope) {
            return "needs_scope";
        }
        return this instanceof NeedsConsent ? "needs_consent" : "needs_approval";
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
     * Not before the person has consented that this agent acts for them.
     *
     * @param agent the agent's name
     * @param scopes what it asks to be allowed
     */
    record NeedsConsent(String agent, Set<Scope> scopes) implements Refusal {
        public NeedsConsent {
            scopes = Set.copyOf(scopes);
        }

        @Override
        public String rule() {
            return "consent_needed";
        }
    }

    /**
     * Not before the person has approved exactly this.
     *
     * @param toShow a permit to look at the row, so that the person can be shown what would become of it
     */
    record NeedsApproval(Permit toShow) implements Refusal {
        @Override
        public String rule() {
            return "approval_needed";
        }
    }

    /**
     * Yes, with the obligation to touch no other rows than {@link #rows()}, and to use up {@link #approval()} with what
     * is done, or do nothing. Only {@link AccessPolicy} can make one, and no port to data can be called without one.
     */
    final class Permit implements Decision {
        private final Caller caller;
        private final Action action;
        private final RowFilter rows;
        private final String rule;
        private final Optional<Approval> approval;

        Permit(Caller caller, Action action, RowFilter rows, String rule, Optional<Approval> approval) {
            this.caller = caller;
            this.action = action;
            this.rows = rows;
            this.rule = rule;
            this.approval = approval;
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

        /** The approval by which it was given; it is good for one execution. */
        public Optional<ApprovalId> approval() {
            return approval.map(Approval::id);
        }

        /** The digest of the arguments that were approved. */
        public Optional<String> digest() {
            return approval.map(given -> given.proposal().argumentsDigest());
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
