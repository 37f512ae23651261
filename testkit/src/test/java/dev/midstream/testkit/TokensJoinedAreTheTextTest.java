package dev.midstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TokensJoinedAreTheTextTest {

    private static final List<String> TEXTS =
            List.of(
                    "",
                    " ",
                    "a",
                    "One two  three\n\n four \n",
                    "\ud83d\udc69\u200d\ud83d\ude80 ok");

    @Test
    void wordsCarryTheSpaceBeforeThem() {
        assertThat(Tokeniser.words().tokens("One two\n\nthree "))
                .containsExactly("One", " two", "\n\nthree", " ");
        for (String text : TEXTS) {
            assertThat(String.join("", Tokeniser.words().tokens(text))).isEqualTo(text);
        }
    }

    @Test
    void charactersNeverCutACodePoint() {
        assertThat(Tokeniser.characters(1).tokens("a\ud83d\udc69b"))
                .containsExactly("a", "\ud83d\udc69", "b");
        for (String text : TEXTS) {
            assertThat(String.join("", Tokeniser.characters(2).tokens(text))).isEqualTo(text);
        }
    }
}
