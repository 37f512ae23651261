package dev.midstream.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

/**
 * What a client wrote and nobody edits leaves as it came (a tree round trip would write 1e400 as
 * "Infinity").
 */
class JsonSpliceTest {

    private static final String ODD =
            " {\n \"model\" : \"a\",\n\t\"x\":1e400, \"y\": 1.10,\"z\":\"\\u00e9\\/\", \"dup\":1,\"dup\" : [ ] ,"
                    + "\"o\": { } } \n";

    @Test
    void untouchedBytesStay() {
        assertThat(edit(ODD, splice -> splice)).isEqualTo(ODD);
        assertThat(edit("{}", splice -> splice)).isEqualTo("{}");
        assertThat(edit(" { } ", splice -> splice)).isEqualTo(" { } ");
    }

    @Test
    void aReplacedValueLeavesEverythingElse() {
        assertThat(edit(ODD, s -> s.setString("model", "gpt \"5\"")))
                .isEqualTo(ODD.replace("\"a\"", "\"gpt \\\"5\\\"\""));
        assertThat(edit(ODD, s -> s.set("x", "2"))).isEqualTo(ODD.replace("1e400", "2"));
        assertThat(edit(ODD, s -> s.set("o", "[]"))).isEqualTo(ODD.replace("{ }", "[]"));
        assertThat(edit("{\"a\":\"" + "x".repeat(9000) + "\",\"b\":-1}", s -> s.set("a", "1")))
                .isEqualTo("{\"a\":1,\"b\":-1}");
    }

    @Test
    void bothDuplicatesAreEdited() {
        assertThat(edit("{\"d\":1,\"e\":2,\"d\":3}", s -> s.set("d", "9")))
                .isEqualTo("{\"d\":9,\"e\":2,\"d\":9}");
        assertThat(edit("{\"d\":1,\"e\":2,\"d\":3}", s -> s.remove("d"))).isEqualTo("{\"e\":2}");
        assertThat(edit("{\"\\u0064\":1}", s -> s.remove("d"))).isEqualTo("{}");
    }

    @Test
    void removedMembersTakeOneCommaAlong() {
        assertThat(edit("{\"a\":1,\"b\":2,\"c\":3}", s -> s.remove("a")))
                .isEqualTo("{\"b\":2,\"c\":3}");
        assertThat(edit("{\"a\":1,\"b\":2,\"c\":3}", s -> s.remove("b")))
                .isEqualTo("{\"a\":1,\"c\":3}");
        assertThat(edit("{\"a\":1,\"b\":2,\"c\":3}", s -> s.remove("c")))
                .isEqualTo("{\"a\":1,\"b\":2}");
        assertThat(edit("{\"a\":1}", s -> s.remove("a"))).isEqualTo("{}");
        assertThat(edit("{\"a\":1}", s -> s.remove("a").set("b", "2"))).isEqualTo("{\"b\":2}");
    }

    @Test
    void newMembersStandAtTheEnd() {
        assertThat(edit("{\"a\":1 }", s -> s.set("b", "2").set("é", "3")))
                .isEqualTo("{\"a\":1,\"b\":2,\"é\":3 }");
        assertThat(edit("{ }", s -> s.set("b", "2"))).isEqualTo("{\"b\":2 }");
    }

    @Test
    void elementsAreAppendedBehindTheLastOne() {
        assertThat(edit("{\"m\":[ 1 , 2 ]}", s -> s.append("m", List.of("3", "4"))))
                .isEqualTo("{\"m\":[ 1 , 2,3,4]}");
        assertThat(edit("{\"m\":[ ]}", s -> s.append("m", List.of("3")))).isEqualTo("{\"m\":[3]}");
        assertThat(edit("{}", s -> s.append("m", List.of("3")))).isEqualTo("{\"m\":[3]}");
    }

    @Test
    void nestedMembersAreSet() {
        assertThat(
                        edit(
                                "{\"stream_options\":{\"x\":1e400}}",
                                s -> s.setWithin("stream_options", "include_usage", "true")))
                .isEqualTo("{\"stream_options\":{\"x\":1e400,\"include_usage\":true}}");
        assertThat(
                        edit(
                                "{\"stream_options\":null}",
                                s -> s.setWithin("stream_options", "include_usage", "true")))
                .isEqualTo("{\"stream_options\":{\"include_usage\":true}}");
    }

    @Test
    void theByteOrderMarkIsLeftOut() {
        assertThat(edit("\uFEFF{\"a\":1}", s -> s.set("a", "2"))).isEqualTo("{\"a\":2}");
    }

    @Test
    void whatIsNoObjectIsRefused() {
        assertThatThrownBy(() -> edit("[]", s -> s)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> edit("{\"a\":", s -> s)).isInstanceOf(JacksonException.class);
    }

    private static String edit(String source, UnaryOperator<JsonSplice> edits) {
        JsonSplice splice = JsonSplice.of(source.getBytes(StandardCharsets.UTF_8));
        return new String(edits.apply(splice).bytes(), StandardCharsets.UTF_8);
    }
}
