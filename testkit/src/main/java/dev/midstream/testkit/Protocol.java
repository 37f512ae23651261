package dev.midstream.testkit;

/** The protocols that scripted providers speak. */
public enum Protocol {
    /** OpenAI's Chat Completions: {@code POST /v1/chat/completions}. */
    CHAT {
        @Override
        public Dialect dialect() {
            return Dialect.chat();
        }
    },
    /** Anthropic's Messages: {@code POST /v1/messages}. */
    MESSAGES {
        @Override
        public Dialect dialect() {
            return Dialect.messages();
        }
    },
    /** OpenAI's Responses: {@code POST /v1/responses}. */
    RESPONSES {
        @Override
        public Dialect dialect() {
            return Dialect.responses();
        }
    };

    /** As its first provider writes it. */
    public abstract Dialect dialect();
}
