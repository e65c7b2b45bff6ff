package dev.throughline.matrix;

/** What must come of a case at each of its doors. */
sealed interface Outcome {

    /** How a person reads it in the results. */
    String words();

    /** The gate lets it in, and the policy does, too. */
    record LetIn() implements Outcome {
        @Override
        public String words() {
            return "let in";
        }
    }

    /** The gate refuses, and counts it under this reason. */
    record Refused(String reason) implements Outcome {
        @Override
        public String words() {
            return Refusal.status(reason) + " `" + reason + "`";
        }
    }

    /** The gate lets it in, and the policy refuses for this reason wherever it is asked. */
    record Denied(String reason) implements Outcome {
        @Override
        public String words() {
            return "403 `" + reason + "` by the policy";
        }
    }

    /** The gate lets it in, and the policy asks for the scope that the door needs. */
    record NeedsScope() implements Outcome {
        @Override
        public String words() {
            return "403 `insufficient_scope` by the policy";
        }
    }

    /** The server's channel hangs up or refuses, before any code of ours sees a request. */
    record OfTheChannel() implements Outcome {
        @Override
        public String words() {
            return "400, 431 or hung up by the server";
        }
    }

    static Outcome letIn() {
        return new LetIn();
    }

    static Outcome refused(String reason) {
        return new Refused(reason);
    }

    static Outcome denied(String reason) {
        return new Denied(reason);
    }

    static Outcome needsScope() {
        return new NeedsScope();
    }

    static Outcome ofTheChannel() {
        return new OfTheChannel();
    }
}
