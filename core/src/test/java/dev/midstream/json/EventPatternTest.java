package dev.midstream.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.StreamEvent.Delta;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** What matches says what was learnt but for its text, and most of what providers send matches. */
class EventPatternTest {

    private static final String CHAT =
            "{\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"~\"},\"finish_reason\":null}],"
                    + "\"usage\":null,\"obfuscation\":\"k3\"}";
    private static final String MESSAGES =
            "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"~\"}   }";
    private static final String RESPONSES =
            "{\"type\":\"response.output_text.delta\",\"sequence_number\":9,\"item_id\":\"m\",\"delta\":\"~\","
                    + "\"logprobs\":[],\"obfuscation\":\"k3JdX\"}";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final EventPattern pattern =
            new EventPattern("sequence_number", "content", "text", "delta");

    @ParameterizedTest
    @ValueSource(strings = {CHAT, MESSAGES, RESPONSES})
    void takesTheTextOfTheNextOne(String event) {
        learn(event, " token", 9);
        assertThat(match(event.replace("~", "more"))).isEqualTo(new Delta(3, "more"));
        assertThat(match(event.replace("~", " größer 東京 😀")))
                .isEqualTo(new Delta(3, " größer 東京 😀"));
        assertThat(match(event.replace("~", "a\\n\\\"b\\\\ \\/\\t\\r")))
                .isEqualTo(new Delta(3, "a\n\"b\\ /\t\r"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\\u0041", "\\b", "a\\", "a\nb", "a\\x", "�"})
    void leavesUnusualTextToTheParser(String text) {
        learn(CHAT, " token", -1);
        assertThat(match(CHAT.replace("~", text))).isNull();
    }

    @Test
    void leavesWhatIsNoUtf8ToTheParser() {
        learn(CHAT, " token", -1);
        byte[] broken = bytes(CHAT.replace("~", "ab"));
        broken[CHAT.indexOf('~')] = (byte) 0xc3;
        assertThat(pattern.match(broken, 0, broken.length)).isNull();
    }

    @Test
    void passesOverWhatVariesAndMeansNothing() {
        learn(CHAT, " token", -1);
        assertThat(match(CHAT.replace("k3", "Zq81bB"))).isNotNull();
        assertThat(match(CHAT.replace("k3", "Zq\\\"b"))).isNull();
        learn(MESSAGES, " token", -1);
        assertThat(match(MESSAGES.replace("   }", "}"))).isNotNull();
        assertThat(match(MESSAGES.replace("   }", "        }"))).isNotNull();
    }

    @Test
    void countsWithTheEvents() {
        learn(RESPONSES, " token", 9);
        assertThat(match(RESPONSES.replace(":9,", ":10,"))).isNotNull();
        assertThat(pattern.counter()).isEqualTo(10);
        assertThat(match(RESPONSES.replace(":9,", ":010,"))).isNull();
        assertThat(match(RESPONSES.replace(":9,", ":-1,"))).isNull();
        assertThat(match(RESPONSES.replace(":9,", ":1234567890123456789,"))).isNull();
    }

    @Test
    void learnsNothingWhereTheTextCouldStandInTwoPlaces() {
        learn("{\"content\":\"~\",\"x\":{\"content\":\"~\"}}", "a", -1);
        assertThat(match("{\"content\":\"a\",\"x\":{\"content\":\"a\"}}")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"c\\u006fntent\":\"~\",\"x\":{\"content\":\"~\"}}",
                "{\"x\\\"content\":\"~\",\"y\":1}",
                "{\"message\":{\"content\":\"~\"},\"delta\":{\"reasoning\":\"~\"}}",
            })
    void learnsNothingWhereAnEscapeOrAnEqualTextCouldMislead(String event) {
        learn(event, "said", -1);
        assertThat(match(event.replace("~", "said"))).isNull();
    }

    @Test
    void learnsNothingWhereTheCounterIsNotInItsPlace() {
        String behind = "{\"delta\":\"a\",\"sequence_number\":9}";
        learn(behind, "a", 9);
        assertThat(match(behind)).isNull();
        String other = "{\"sequence_number\":8,\"delta\":\"a\"}";
        learn(other, "a", 9);
        assertThat(match(other)).isNull();
    }

    @Test
    void takesOnlyTheLastMemberForPadding() {
        String inside = "{\"delta\":\"~\",\"x\":{\"obfuscation\":\"k3\"},\"y\":1}";
        learn(inside, "a", -1);
        assertThat(match(inside)).isNotNull();
        assertThat(match(inside.replace("k3", "k4"))).isNull();
    }

    @Test
    void keepsWhatWasLearntOfABlockWhenAnEventIsWrittenInAnUnusualWay() {
        learn(CHAT, " token", -1);
        byte[] unusual = bytes(CHAT.replace("~", "\\u0041"));
        pattern.learn(unusual, 0, unusual.length, new Delta(3, "A"), -1);
        assertThat(match(CHAT)).isNotNull();
        pattern.learn(unusual, 0, unusual.length, new Delta(4, "A"), -1);
        assertThat(match(CHAT)).isNull();
    }

    @Test
    void forgets() {
        learn(CHAT, " token", -1);
        pattern.forget();
        assertThat(match(CHAT)).isNull();
    }

    @Test
    void givesUpWhereNothingEverMatches() {
        for (int i = 0; i < 200; i++) {
            learn(CHAT.replace("c1", "c" + i), "a", -1);
        }
        assertThat(match(CHAT.replace("c1", "c199"))).isNull();
    }

    /** Each byte replaced by every other, left out, and preceded by every other. */
    @ParameterizedTest
    @ValueSource(strings = {CHAT, MESSAGES, RESPONSES})
    void neverTakesOneThatSaysSomethingElse(String event) {
        learn(event, " token", 9);
        byte[] good = bytes(event.replace("~", "t\\n東"));
        JsonNode expected = withoutWhatVaries(JSON.readTree(good));
        int matched = 0;
        for (byte[] altered : alterations(good)) {
            Delta delta = pattern.match(altered, 0, altered.length);
            if (delta != null) {
                matched++;
                JsonNode read = read(altered);
                assertThat(read.findValue(textName(event)).asString()).isEqualTo(delta.text());
                assertThat(withoutWhatVaries(read)).isEqualTo(expected);
            }
        }
        assertThat(matched).isGreaterThan(100);
    }

    private static List<byte[]> alterations(byte[] good) {
        List<byte[]> all = new ArrayList<>();
        for (int at = 0; at < good.length; at++) {
            byte[] shorter = Arrays.copyOf(good, good.length - 1);
            System.arraycopy(good, at + 1, shorter, at, shorter.length - at);
            all.add(shorter);
            for (int b = 0; b < 256; b++) {
                byte[] other = good.clone();
                other[at] = (byte) b;
                all.add(other);
                byte[] longer = new byte[good.length + 1];
                System.arraycopy(good, 0, longer, 0, at);
                longer[at] = (byte) b;
                System.arraycopy(good, at, longer, at + 1, good.length - at);
                all.add(longer);
            }
        }
        return all;
    }

    private static JsonNode read(byte[] altered) {
        try {
            return JSON.readTree(altered);
        } catch (JacksonException notJson) {
            throw new AssertionError("Matched: " + text(altered), notJson);
        }
    }

    private static String textName(String event) {
        return event.equals(CHAT) ? "content" : event.equals(MESSAGES) ? "text" : "delta";
    }

    private static JsonNode withoutWhatVaries(JsonNode event) {
        ObjectNode copy = (ObjectNode) event.deepCopy();
        copy.remove(List.of("obfuscation", "sequence_number"));
        for (String name : List.of("content", "text")) {
            copy.findParents(name).forEach(holder -> ((ObjectNode) holder).remove(name));
        }
        if (copy.path("delta").isString()) {
            copy.remove("delta");
        }
        return copy;
    }

    private void learn(String event, String text, long number) {
        byte[] bytes = bytes(event.replace("~", text));
        pattern.learn(bytes, 0, bytes.length, new Delta(3, text), number);
    }

    private Delta match(String event) {
        byte[] padded = bytes("xx" + event + "yyy");
        return pattern.match(padded, 2, padded.length - 5);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
