package dev.midstream.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * A structured answer that broke off is finished where it is whole, and continued where it can be.
 */
class DocumentsStayDocumentsTest {

    @Test
    void aWholeOneIsFinished() {
        Rig rig = Rig.streaming().json().begin().begins("{\"a\": 1}").breaksOff();

        assertThat(rig.did()).endsWith("end 0", "stop STOP", "finish");
    }

    @Test
    void aPartIsContinuedWithoutTheGrammar() {
        Rig rig = Rig.streaming().json().begin().begins("{\"a\": [1, 2").breaksOff();

        assertThat(rig.did()).endsWith("ask other by user_turn");
        assertThat(rig.draft().withoutFormat()).isTrue();
    }

    @Test
    void whatWouldBreakItIsDropped() {
        Rig rig =
                Rig.streaming()
                        .json()
                        .begin()
                        .begins("{\"name\": \"the old bridge\", \"spans\": [1, 2")
                        .breaksOff();
        rig.did();

        assertThat(
                        rig.begins("{\"name\": \"the old bridge\", \"spans\": [1, 2")
                                .goesOn("}}}")
                                .did())
                .containsExactly("cancel 2", "ask main by user_turn");
    }
}
