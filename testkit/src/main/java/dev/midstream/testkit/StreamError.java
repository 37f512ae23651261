package dev.midstream.testkit;

import tools.jackson.databind.JsonNode;

/**
 * The error that a stream ended with.
 *
 * @param error the whole error object
 */
public record StreamError(String type, String message, JsonNode error) {

    static StreamError from(JsonNode error) {
        return new StreamError(
                error.path("type").asString(""), error.path("message").asString(""), error);
    }
}
