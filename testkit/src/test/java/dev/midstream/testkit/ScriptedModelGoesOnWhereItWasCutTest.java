package dev.midstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.testkit.ScriptedModel.Asked;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ScriptedModelGoesOnWhereItWasCutTest {

    private static final String ANSWER =
            """
            Rivers are the oldest roads. Whoever crosses one in "spring" learns to wait.

            Some wait for a ferry, some wait for a bridge; the mill wheel never waits.\
            """;

    @Test
    void saysItsWholeAnswerToAnOriginalRequest() {
        ScriptedModel model = ScriptedModel.answering(ANSWER);
        try (var talk = new ModelTalk(model)) {
            ChatTranscript transcript = talk.ask(ModelTalk.request("user", "Tell me of rivers"));
            assertThat(transcript.text()).isEqualTo(ANSWER);
            assertThat(transcript.finishReason()).isEqualTo("stop");
        }
        assertThat(model.asked()).containsExactly(new Asked(Asked.Kind.ORIGINAL, 0));
    }

    @Test
    void goesOnAfterAPrefillOfAnyLength() {
        try (var talk = new ModelTalk(ScriptedModel.answering(ANSWER))) {
            for (int cut = 1; cut <= ANSWER.length(); cut++) {
                String delivered = ANSWER.substring(0, cut);
                assertThat(talk.ask(prefill(delivered)).text()).isEqualTo(ANSWER.substring(cut));
            }
        }
    }

    @Test
    void goesOnWithTheWhiteSpaceThatAPrefillHadToLose() {
        try (var talk = new ModelTalk(ScriptedModel.answering(ANSWER))) {
            String delivered = ANSWER.substring(0, ANSWER.indexOf(" Whoever") + 1);
            assertThat(talk.ask(prefill(delivered.stripTrailing())).text())
                    .startsWith(" Whoever crosses");
        }
    }

    /** The continuation is the anchor and the rest, wherever the text was cut. */
    @Test
    void repeatsTheAnchorOfAUserTurnAndGoesOn() {
        try (var talk = new ModelTalk(ScriptedModel.answering(ANSWER))) {
            for (int cut = 1; cut <= ANSWER.length(); cut++) {
                String delivered = ANSWER.substring(0, cut);
                String tail = delivered.substring(Math.max(0, cut - 40));
                String reply =
                        talk.ask(
                                        ModelTalk.request(
                                                "user",
                                                "Tell me of rivers",
                                                "assistant",
                                                delivered,
                                                "user",
                                                "You were cut off. It ended with\n<<<\n"
                                                        + tail
                                                        + "\n>>>\nBegin with that and go on."))
                                .text();
                assertThat(ANSWER).as("cut at " + cut).endsWith(reply);
                assertThat(reply).as("cut at " + cut).endsWith(ANSWER.substring(cut));
                assertThat(reply.length())
                        .as("cut at " + cut)
                        .isLessThanOrEqualTo(ANSWER.length() - cut + tail.length());
                assertThat(reply)
                        .as("cut at " + cut)
                        .startsWith(tail.strip().substring(0, Math.min(1, tail.strip().length())));
            }
        }
    }

    @Test
    void findsTheTailInASingleUserTurnToo() {
        ScriptedModel model = ScriptedModel.answering(ANSWER);
        try (var talk = new ModelTalk(model)) {
            ChatTranscript transcript =
                    talk.ask(
                            ModelTalk.request(
                                    "user",
                                    "Tell me of rivers",
                                    "user",
                                    "Your reply was interrupted. It ended with \"Some wait for a"
                                            + " ferry, some\". Please continue."));
            assertThat(transcript.text())
                    .isEqualTo(ANSWER.substring(ANSWER.indexOf("Some wait for a ferry")));
        }
        assertThat(model.asked())
                .containsExactly(
                        new Asked(Asked.Kind.USER_TURN, ANSWER.indexOf(" wait for a bridge")));
    }

    @Test
    void repeatsOnlyTheWordsThatASecondQuotationDemands() {
        assertThat(
                        replyTo(
                                "It ended with:\n---\nRivers are the oldest roads. Whoever\n---\n"
                                        + "Start with \"roads. Whoever\"."))
                .startsWith("roads. Whoever crosses one");
    }

    @Test
    void repeatsOnlySoManyWordsAsTheTurnSays() {
        assertThat(
                        replyTo(
                                "It ended with:\n---\nRivers are the oldest roads. Whoever\n---\n"
                                        + "Repeat its last 3 words first."))
                .startsWith("oldest roads. Whoever crosses one");
    }

    @Test
    void takesAUserTurnWithoutAQuotationForAnOriginalRequest() {
        assertThat(replyTo("And what about the sea?")).isEqualTo(ANSWER);
    }

    @Test
    void readsContentInParts() {
        ObjectNode request = ModelTalk.request("user", "Tell me of rivers");
        request.withArray("messages")
                .addObject()
                .put("role", "assistant")
                .putArray("content")
                .addObject()
                .put("type", "text")
                .put("text", "Rivers are");
        try (var talk = new ModelTalk(ScriptedModel.answering(ANSWER))) {
            assertThat(talk.ask(request).text()).startsWith(" the oldest roads.");
        }
    }

    @Test
    void startsAnewWhenThePrefillHasNotTheFormThatItKnows() {
        ScriptedModel model =
                ScriptedModel.answering(ANSWER).prefilledBy(PrefillForm.CONTINUE_FINAL_MESSAGE);
        try (var talk = new ModelTalk(model)) {
            ObjectNode request = prefill("Rivers are");
            assertThat(talk.ask(request).text()).isEqualTo(ANSWER);
            request.put("continue_final_message", true);
            assertThat(talk.ask(request).text()).isEqualTo(ANSWER);
            request.put("add_generation_prompt", false);
            assertThat(talk.ask(request).text()).startsWith(" the oldest");
        }
    }

    private static String replyTo(String userTurn) {
        try (var talk = new ModelTalk(ScriptedModel.answering(ANSWER))) {
            return talk.ask(ModelTalk.request("user", "Tell me of rivers", "user", userTurn))
                    .text();
        }
    }

    private static ObjectNode prefill(String delivered) {
        return ModelTalk.request("user", "Tell me of rivers", "assistant", delivered);
    }
}
