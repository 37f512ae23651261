package dev.midstream.protocol.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Files of expected text beside the tests. What differs is written to {@code target/goldens}, to be
 * looked at.
 */
final class Golden {

    private static final JsonMapper PRETTY =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Golden() {}

    static String read(String name) {
        try (InputStream in = Golden.class.getResourceAsStream(name)) {
            return in == null
                    ? ""
                    : new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compares as indented JSON, members in their order. */
    static void checkJson(String name, String json) {
        check(name, PRETTY.writeValueAsString(PRETTY.readTree(json)).replace("\r\n", "\n") + "\n");
    }

    static void check(String name, String text) {
        String expected = read(name);
        if (!expected.equals(text)) {
            keep(name, text);
        }
        assertThat(text).as(name).isEqualTo(expected);
    }

    private static void keep(String name, String text) {
        try {
            Path goldens = Files.createDirectories(Path.of("target", "goldens"));
            Files.writeString(goldens.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
