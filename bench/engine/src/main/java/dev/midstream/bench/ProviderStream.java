package dev.midstream.bench;

import dev.midstream.json.Bytes;
import dev.midstream.json.JsonStringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One whole answer as its provider streams it, with all members that the provider sends.
 *
 * @param opening all that comes before the first increment
 * @param events one increment each
 * @param closing all that comes after the last one
 */
record ProviderStream(byte[] opening, byte[][] events, byte[] closing) {

    static ProviderStream of(Wire upstream, Content content, int events) {
        List<String> pieces = content.pieces(events);
        return switch (upstream) {
            case CHAT -> ChatProvider.stream(content, pieces);
            case MESSAGES -> MessagesProvider.stream(content, pieces);
            case RESPONSES -> new ResponsesProvider(content).stream(pieces);
        };
    }

    static ProviderStream of(String opening, List<String> events, String closing) {
        return new ProviderStream(
                bytes(opening),
                events.stream().map(ProviderStream::bytes).toArray(byte[][]::new),
                bytes(closing));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The text as a JSON string. */
    static String quoted(String text) {
        Bytes json = new Bytes(text.length() + 16);
        JsonStringWriter.write(json, text);
        return new String(json.array(), 0, json.length(), StandardCharsets.UTF_8);
    }
}
