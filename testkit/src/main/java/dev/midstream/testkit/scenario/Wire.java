package dev.midstream.testkit.scenario;

import dev.midstream.testkit.Dialect;
import java.util.List;

/**
 * The protocols, which clients speak as well as upstreams; each with a model that takes no prefill
 * and one that does, where there is any.
 */
public enum Wire {
    /** Chat Completions. */
    CHAT("chat", "openai/gpt-4.1", "groq/llama-3.3-70b-versatile", "mode: chat") {
        @Override
        public Dialect dialect() {
            return Dialect.chat();
        }
    },
    /** Messages. */
    MESSAGES("Messages", "anthropic/claude-sonnet-4-6", "anthropic/claude-haiku-4-5", "") {
        @Override
        public Dialect dialect() {
            return Dialect.messages();
        }
    },
    /** Nobody who speaks it goes on with an assistant's message. */
    RESPONSES("Responses", "openai/gpt-5", "openai/gpt-5", "mode: responses") {
        @Override
        public Dialect dialect() {
            return Dialect.responses();
        }
    };

    /** All of them. */
    public static final List<Wire> ALL = List.of(values());

    private final String label;
    private final String usual;
    private final String prefillable;
    private final String info;

    Wire(String label, String usual, String prefillable, String info) {
        this.label = label;
        this.usual = usual;
        this.prefillable = prefillable;
        this.info = info;
    }

    /** For people. */
    public String label() {
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

    /** What {@code model_info} says so that this protocol is spoken, whoever asks. */
    public String info() {
        return info;
    }

    /** As its first provider writes it. */
    public abstract Dialect dialect();

    /** The one of this name, such as {@code openai-chat}. */
    public static Wire of(String protocol) {
        return ALL.stream()
                .filter(wire -> wire.protocol().equals(protocol))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no protocol " + protocol));
    }

    /** Whether answers are told in the protocol of this name. */
    public static boolean isSpoken(String protocol) {
        return ALL.stream().anyMatch(wire -> wire.protocol().equals(protocol));
    }

    /** Its name: {@code openai-chat}. */
    public String protocol() {
        return dialect().protocol();
    }
}
