package dev.midstream.testkit.scenario;

import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Behaviour;
import dev.midstream.testkit.ScriptedModel;
import dev.midstream.testkit.Step;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The same breaks, handled as the operator or the client chose. */
final class ByConfiguration {

    private static final String RESET = "connection reset";
    private static final String STREAM_REFUSED =
            "{\"error\":{\"message\":\"Your organization must be verified to stream this model.\","
                    + "\"type\":\"invalid_request_error\",\"param\":\"stream\","
                    + "\"code\":\"unsupported_value\"}}";

    private ByConfiguration() {}

    static List<Scenario> all() {
        return Stream.of(midStream(), methods(), fallbacksOff(), bounds(), plain())
                .flatMap(List::stream)
                .toList();
    }

    /** A primary that breaks after forty words, and a fallback that would go on. */
    private static Scenario cut(String how) {
        return Scenario.of(RESET, "after 40 words, " + how)
                .primary(Part.broken(40, new Step.Cut()))
                .fallback();
    }

    private static List<Scenario> midStream() {
        String other = Said.words(40) + "\n\n" + Said.OTHER_ESSAY;
        return List.of(
                cut("mid_stream: error").router("mid_stream: error"),
                cut("model_info.mid_stream: error")
                        .primary(Part.broken(40, new Step.Cut()).info("mid_stream: error")),
                cut("x-midstream-mid-stream: error").header("x-midstream-mid-stream", "error"),
                Scenario.of("500", "before the first content, mid_stream: error")
                        .primary(Part.error(500, "api_error", "The server had an error."))
                        .fallback()
                        .router("mid_stream: error"),
                cut("mid_stream: restart, the same answer").router("mid_stream: restart"),
                cut("mid_stream: restart, another answer")
                        .fallback(Part.saying(Said.OTHER_ESSAY, model -> model))
                        .orElse(other)
                        .router("mid_stream: restart"),
                cut("disable_mid_stream_continuation: true")
                        .fallback(Part.saying(Said.OTHER_ESSAY, model -> model))
                        .orElse(other)
                        .router("disable_mid_stream_continuation: true"));
    }

    private static List<Scenario> methods() {
        return List.of(
                cut("continuation: user_turn, the fallback would take a prefill")
                        .fallback(Part.essay().prefillable())
                        .router("continuation: user_turn"),
                cut("supports_assistant_prefill: false")
                        .fallback(
                                Part.essay()
                                        .prefillable()
                                        .info("supports_assistant_prefill: false")),
                cut("continuation: replay").router("continuation: replay"),
                cut("continuation: resume")
                        .primary(Part.broken(40, new Step.Cut()).info("continuation: resume"))
                        .in(Pair.RESPONSES_FIRST),
                cut("continuation_prompt of one's own")
                        .router(
                                "continuation_prompt: 'Go on. Begin by repeating the words after the colon, then continue: \"{tail}\"'"),
                cut("min_seam: exact, nobody can prove it, no retries")
                        .router("min_seam: exact")
                        .router("continuation: user_turn")
                        .router("num_retries: 0"));
    }

    private static List<Scenario> fallbacksOff() {
        Part broke = Part.error(500, "api_error", "The server had an error.");
        return List.of(
                cut("disable_fallbacks in the body, no retries")
                        .asking("\"disable_fallbacks\":true,\"num_retries\":0"),
                cut("disable_fallbacks in the body: the group itself goes on")
                        .asking("\"disable_fallbacks\":true"),
                cut("x-midstream-disable-fallbacks, no retries")
                        .header("x-midstream-disable-fallbacks", "true")
                        .header("x-litellm-num-retries", "0"),
                Scenario.of("500", "persistent, disable_fallbacks: true, no retries")
                        .primary(broke)
                        .fallback()
                        .router("disable_fallbacks: true")
                        .router("num_retries: 0"));
    }

    private static List<Scenario> bounds() {
        return List.of(
                cut("max_continuations: 0").router("max_continuations: 0"),
                cut("max_continuations: 1, the fallback breaks off too")
                        .fallback(Part.essay(model -> model.breaking(1, 0, new Step.Cut())))
                        .with(Role.THIRD, Part.essay())
                        .router("max_continuations: 1"),
                cut("max_transcript: 100").router("max_transcript: 100"),
                Scenario.of("stall", "after 20 words, x-litellm-stream-timeout: 3")
                        .primary(Part.broken(20, new Step.Stall()))
                        .fallback()
                        .header("x-litellm-stream-timeout", "3")
                        .in(Pair.SAME)
                        .first(),
                cut("a request of 400 kB")
                        .asking(filler("filler ".repeat(60_000)))
                        .in(Pair.CHAT_ONLY),
                cut("max_attempts: 1").router("max_attempts: 1"),
                Scenario.of(RESET, "after 20 words, max_tokens: 200")
                        .primary(Part.broken(20, new Step.Cut()))
                        .fallback(Part.essay(model -> model.onPrefill(new Behaviour.Obeys())))
                        .asking(Wish.maxTokens(200)));
    }

    private static List<Scenario> plain() {
        return List.of(
                cut("non_streaming: plain").router("non_streaming: plain"),
                Scenario.of("stream refused", "400 with param stream, asked plainly at once")
                        .primary(
                                Part.of(
                                        () -> {
                                            ScriptedModel model =
                                                    ScriptedModel.answering(Said.ESSAY);
                                            return request ->
                                                    request.wantsStream()
                                                            ? refusal()
                                                            : model.answer(request);
                                        }))
                        .fallback()
                        .in(Pair.CHAT_ONLY));
    }

    private static Wish filler(String text) {
        return new Wish(
                "\"x_filler\":\"" + text + "\"",
                "\"system\":\"" + text + "\"",
                "\"instructions\":\"" + text + "\"");
    }

    private static Answer refusal() {
        return Answer.of(
                new Step.Status(400, Map.of("content-type", "application/json"), STREAM_REFUSED));
    }
}
