package dev.midstream.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A figure is worth nothing if the engine drops what it measures. */
class EveryEventArrivesTest {

    private static final int EVENTS = 40;

    @ParameterizedTest
    @MethodSource("everything")
    void inOrderAndOnce(Wire client, Wire upstream, Content content) {
        List<String> pieces = content.pieces(EVENTS);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Engine(new Pair(client, upstream))
                .passage(out::write)
                .carry(ProviderStream.of(upstream, content, EVENTS));
        String written = out.toString(StandardCharsets.UTF_8);
        int at = 0;
        for (String piece : pieces) {
            String quoted = ProviderStream.quoted(piece);
            int found = written.indexOf(quoted, at);
            assertThat(found).as(quoted + " from " + at + " on in\n" + written).isNotNegative();
            at = found + quoted.length();
        }
    }

    private static Stream<Arguments> everything() {
        List<Arguments> all = new ArrayList<>();
        for (Wire client : Wire.values()) {
            for (Wire upstream : Wire.values()) {
                for (Content content : Content.values()) {
                    all.add(Arguments.of(client, upstream, content));
                }
            }
        }
        return all.stream();
    }
}
