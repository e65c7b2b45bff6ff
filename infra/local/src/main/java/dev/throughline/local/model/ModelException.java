package dev.throughline.local.model;

import dev.throughline.local.foundry.planner.Step;

/** The model has brought no step: it does not answer, or what it answers is none. */
final class ModelException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;

    private ModelException(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    static ModelException unavailable(String message) {
        return new ModelException("server_error", message);
    }

    static ModelException nonsense(String message) {
        return new ModelException("model_error", message);
    }

    Step asStep() {
        return new Step.Failure(code, getMessage());
    }
}
