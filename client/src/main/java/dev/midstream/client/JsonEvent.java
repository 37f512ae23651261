package dev.midstream.client;

/**
 * One event of an answer in its protocol's own JSON, as a provider would have sent it. Immutable.
 *
 * @param name of the server-sent event ({@code response.output_text.delta}, {@code
 *     content_block_delta}); empty where the protocol names none, as Chat Completions
 * @param data the JSON text, on one line; for Chat Completions the last one is {@code [DONE]}
 */
public record JsonEvent(String name, String data) {}
