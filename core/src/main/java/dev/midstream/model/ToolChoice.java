package dev.midstream.model;

/** Whether and which tool the model has to call. */
public sealed interface ToolChoice {

    record Auto() implements ToolChoice {}

    record None() implements ToolChoice {}

    /** Some tool, whichever. */
    record Required() implements ToolChoice {}

    record Named(String name) implements ToolChoice {}

    /** A form of the protocol's own. */
    record Native(Json raw) implements ToolChoice {}

    /**
     * Whether the model is forced to call a tool: such a choice cannot go with a text that has
     * begun.
     */
    default boolean forced() {
        return this instanceof Required || this instanceof Named;
    }
}
