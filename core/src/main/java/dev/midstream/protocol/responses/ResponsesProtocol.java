package dev.midstream.protocol.responses;

/**
 * OpenAI's Responses API ({@code openai-responses}), as clients speak it to us and as we speak it
 * to providers.
 */
public final class ResponsesProtocol {

    /** What this protocol is called in configuration, frames and targets. */
    public static final String NAME = "openai-responses";

    public String name() {
        return NAME;
    }
}
