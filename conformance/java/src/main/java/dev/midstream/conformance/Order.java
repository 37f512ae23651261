package dev.midstream.conformance;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * One case of the table.
 *
 * @param n its number
 * @param client {@code langchain4j} or {@code spring}
 * @param way the protocol and the way of reading, such as {@code chat-stream}
 * @param model the model to ask
 * @param tool whether there is a tool
 * @param think whether thinking is asked for
 * @param say the user's message
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Order(
        int n, String client, String way, String model, boolean tool, boolean think, String say) {

    String protocol() {
        return way.substring(0, way.indexOf('-'));
    }

    String reading() {
        return way.substring(way.indexOf('-') + 1);
    }
}
