package dev.midstream.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Strings after RFC 8259, section 7. */
class JsonStringWriterTest {

    @Test
    void everyCharacterComesBack() {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c < 0x3000; c++) {
            all.append((char) c);
        }
        all.append("👋🏽👩‍👩‍👧").append('\ufffd').append('\uffff');
        assertThat(back(all.toString())).isEqualTo(all.toString());
    }

    @Test
    void aHalfSurrogateIsEscapedAndComesBack() {
        assertThat(written("a\ud83d")).isEqualTo("\"a\\ud83d\"");
        assertThat(written("\udc4bb")).isEqualTo("\"\\udc4bb\"");
        assertThat(back("\ud83d\ud83d\udc4b")).isEqualTo("\ud83d\ud83d\udc4b");
    }

    @Test
    void aSmallBufferGrowsAsNeeded() {
        String controls = "\u0001".repeat(100) + "é".repeat(100);
        assertThat(back(controls)).isEqualTo(controls);
    }

    private static String written(String text) {
        Bytes out = new Bytes(1);
        JsonStringWriter.write(out, text);
        return out.toString();
    }

    private static String back(String text) {
        return JsonMapper.shared().readValue(written(text), String.class);
    }
}
