package dev.midstream.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Documents after RFC 8259. */
class JsonProgressTest {

    private static final List<String> DOCUMENTS =
            List.of(
                    "{}",
                    " { \"a\" : [ 1 , -0.5e+10 , \"x\\u00e9\\n\" , true , false , null ] , \"b\" : { } } ",
                    "[[],[[]],{\"\":\"\"}]",
                    "\"text\"",
                    "true",
                    "-12.5E3",
                    "0");

    @Test
    void everyBeginningIsValidAndOnlyTheWholeIsComplete() {
        for (String document : DOCUMENTS) {
            JsonProgress progress = new JsonProgress();
            for (int i = 0; i < document.length(); i++) {
                progress.accept(document.charAt(i));
                assertThat(progress.valid()).as("%s at %s", document, i).isTrue();
                if (document.startsWith("{") && i < document.length() - 1) {
                    assertThat(progress.complete()).isFalse();
                }
            }
            assertThat(progress.complete()).as(document).isTrue();
            assertThat(progress.object()).isEqualTo(document.strip().startsWith("{"));
        }
    }

    @Test
    void whatCannotBecomeJsonIsKnownAtOnce() {
        for (String broken :
                List.of(
                        "}",
                        "{,",
                        "{\"a\",",
                        "{\"a\":1,}",
                        "[1,]",
                        "01",
                        "1.e",
                        "-a",
                        "trux",
                        "\"\\x",
                        "\"\\u00g",
                        "{a",
                        "[1}",
                        "{\"a\":1]",
                        "\"a\n",
                        "+",
                        "1ee",
                        "``",
                        "{\"a\" 1")) {
            JsonProgress progress = new JsonProgress();
            progress.accept(broken.substring(0, broken.length() - 1));
            assertThat(progress.valid()).as(broken).isEqualTo(!broken.equals("``"));
            progress.accept(broken);
            assertThat(new JsonProgress().accept(broken)).as(broken).isFalse();
        }
    }

    @Test
    void textBehindTheValueIsReported() {
        JsonProgress progress = new JsonProgress();
        progress.accept("{} \n");
        assertThat(progress.complete()).isTrue();
        assertThat(progress.trailing()).isFalse();
        progress.accept("x");
        assertThat(progress.trailing()).isTrue();
        assertThat(progress.complete()).isTrue();
        assertThat(progress.valid()).isFalse();
    }

    @Test
    void nestingIsBounded() {
        assertThat(new JsonProgress().accept("[".repeat(JsonProgress.DEEPEST))).isTrue();
        assertThat(new JsonProgress().accept("[".repeat(JsonProgress.DEEPEST + 1))).isFalse();
    }

    @Test
    void aCopyGoesItsOwnWay() {
        JsonProgress progress = new JsonProgress();
        progress.accept("{\"a\":[1");
        JsonProgress copy = progress.copy();
        assertThat(copy.accept("}")).isFalse();
        assertThat(progress.accept("]}")).isTrue();
        assertThat(progress.complete()).isTrue();
    }
}
