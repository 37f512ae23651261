package dev.midstream.seam;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Written from CommonMark 0.31.2, section 4.5. */
class FencesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "```",
                "```java\nint a;",
                "text\n\n```\ncode\n",
                "~~~\n```\n",
                "````\n```\n",
                "- item\n  ```\n  x",
                "```\n``` java\n",
                "```a\n```\n```b\n"
            })
    void aBlockIsOpen(String text) {
        assertThat(Fences.inside(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "``",
                "```\ncode\n```",
                "```\ncode\n`````\n",
                "a ``` in a line",
                "``` inline ``` code",
                "~~~\n```\n~~~\nafter"
            })
    void noBlockIsOpen(String text) {
        assertThat(Fences.inside(text)).isFalse();
    }

    @Test
    void theFenceIsTheLineThatOpenedTheBlock() {
        assertThat(Fences.openFence("x\n````md\n```\n")).isEqualTo("````md");
    }
}
