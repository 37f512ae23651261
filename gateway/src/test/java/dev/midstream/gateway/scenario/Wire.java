package dev.midstream.gateway.scenario;

/**
 * The protocols that upstreams speak, each with a model that takes no prefill and one that does.
 */
enum Wire {
    CHAT("chat", "openai/gpt-4.1", "groq/llama-3.3-70b-versatile"),
    MESSAGES("Messages", "anthropic/claude-sonnet-4-6", "anthropic/claude-haiku-4-5");

    private final String label;
    private final String usual;
    private final String prefillable;

    Wire(String label, String usual, String prefillable) {
        this.label = label;
        this.usual = usual;
        this.prefillable = prefillable;
    }

    String label() {
        return label;
    }

    /** A model that is gone on with by a user turn. */
    String usual() {
        return usual;
    }

    /** A model that goes on with an assistant's message. */
    String prefillable() {
        return prefillable;
    }
}
