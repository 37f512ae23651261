package dev.midstream.gateway.scenario;

import static dev.midstream.gateway.scenario.Expected.brokenOff;
import static dev.midstream.gateway.scenario.Expected.failed;
import static dev.midstream.gateway.scenario.Expected.refused;
import static dev.midstream.gateway.scenario.Expected.whole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.scenario.Expected.BrokenOff;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Behaviour;
import dev.midstream.testkit.ScriptedModel;
import dev.midstream.testkit.Step;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The same breaks, handled as the operator or the client chose. */
final class ByConfiguration {

    private static final BrokenOff CUT = brokenOff(Said.words(40), "server_error", "upstream_cut");
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
                cut("mid_stream: error")
                        .router("mid_stream: error")
                        .givesStreamed(CUT)
                        .asks(1, 0)
                        .asksPlain(1, 1),
                cut("model_info.mid_stream: error")
                        .primary(Part.broken(40, new Step.Cut()).info("mid_stream: error"))
                        .givesStreamed(CUT)
                        .asks(1, 0)
                        .asksPlain(1, 1),
                cut("x-midstream-mid-stream: error")
                        .header("x-midstream-mid-stream", "error")
                        .givesStreamed(CUT)
                        .asks(1, 0)
                        .asksPlain(1, 1),
                Scenario.of("500", "before the first content, mid_stream: error")
                        .primary(Part.error(500, "api_error", "The server had an error."))
                        .fallback()
                        .router("mid_stream: error")
                        .gives(whole())
                        .asks(1, 1),
                cut("mid_stream: restart, the same answer")
                        .router("mid_stream: restart")
                        .gives(whole())
                        .asks(1, 1),
                cut("mid_stream: restart, another answer")
                        .fallback(Part.saying(Said.OTHER_ESSAY, model -> model))
                        .router("mid_stream: restart")
                        .givesStreamed(whole(other))
                        .givesPlain(whole(Said.OTHER_ESSAY))
                        .insteadOf(Said.ESSAY)
                        .asks(1, 1),
                cut("disable_mid_stream_continuation: true")
                        .fallback(Part.saying(Said.OTHER_ESSAY, model -> model))
                        .router("disable_mid_stream_continuation: true")
                        .givesStreamed(whole(other))
                        .givesPlain(whole(Said.OTHER_ESSAY))
                        .insteadOf(Said.ESSAY)
                        .asks(1, 1));
    }

    private static List<Scenario> methods() {
        return List.of(
                cut("continuation: user_turn, the fallback would take a prefill")
                        .fallback(Part.essay().prefillable())
                        .router("continuation: user_turn")
                        .gives(whole())
                        .asks(1, 1)
                        .check((world, seen) -> assertThat(lastRole(world)).isEqualTo("user")),
                cut("supports_assistant_prefill: false")
                        .fallback(
                                Part.essay()
                                        .prefillable()
                                        .info("supports_assistant_prefill: false"))
                        .gives(whole())
                        .asks(1, 1)
                        .check((world, seen) -> assertThat(lastRole(world)).isEqualTo("user")),
                cut("continuation: replay")
                        .router("continuation: replay")
                        .gives(whole())
                        .asks(1, 1)
                        .check((world, seen) -> assertThat(repeats(world)).isTrue()),
                cut("continuation: resume")
                        .primary(Part.broken(40, new Step.Cut()).info("continuation: resume"))
                        .in(Pair.RESPONSES_FIRST)
                        .gives(whole())
                        .asks(2, 0)
                        .check((world, seen) -> assertThat(resumed(world)).isEqualTo("GET")),
                cut("continuation_prompt of one's own")
                        .router(
                                "continuation_prompt: 'Go on. Begin by repeating the words after the colon, then continue: \"{tail}\"'")
                        .gives(whole())
                        .asks(1, 1)
                        .check(
                                (world, seen) ->
                                        assertThat(messages(world).toString())
                                                .contains("Begin by repeating")),
                cut("min_seam: exact, nobody can prove it, no retries")
                        .router("min_seam: exact")
                        .router("continuation: user_turn")
                        .router("num_retries: 0")
                        .gives(CUT)
                        .givesPlain(failed(502, "server_error", "upstream_cut"))
                        .asks(1, 1));
    }

    private static JsonNode messages(World world) {
        JsonNode asked = world.provider(Role.FALLBACK).requests().getLast().json();
        return asked.has("messages") ? asked.path("messages") : asked.path("input");
    }

    /** How the primary was asked for the rest of its own generation. */
    private static String resumed(World world) {
        return world.provider(Role.PRIMARY).requests().getLast().method();
    }

    /** Whether nothing stands behind the question. */
    private static boolean repeats(World world) {
        JsonNode messages = messages(world);
        return messages.isString() || messages.size() == 1;
    }

    private static String lastRole(World world) {
        JsonNode messages = messages(world);
        return messages.get(messages.size() - 1).path("role").asString("");
    }

    private static List<Scenario> fallbacksOff() {
        Part broke = Part.error(500, "api_error", "The server had an error.");
        return List.of(
                cut("disable_fallbacks in the body, no retries")
                        .asking("\"disable_fallbacks\":true,\"num_retries\":0")
                        .gives(CUT)
                        .givesPlain(failed(502, "server_error", "upstream_cut"))
                        .asks(1, 0),
                cut("disable_fallbacks in the body: the group itself goes on")
                        .asking("\"disable_fallbacks\":true")
                        .gives(whole())
                        .asks(2, 0),
                cut("x-midstream-disable-fallbacks, no retries")
                        .header("x-midstream-disable-fallbacks", "true")
                        .header("x-litellm-num-retries", "0")
                        .gives(CUT)
                        .givesPlain(failed(502, "server_error", "upstream_cut"))
                        .asks(1, 0),
                Scenario.of("500", "persistent, disable_fallbacks: true, no retries")
                        .primary(broke)
                        .fallback()
                        .router("disable_fallbacks: true")
                        .router("num_retries: 0")
                        .gives(refused(500, "api_error", "The server had an error."))
                        .asks(1, 0));
    }

    private static List<Scenario> bounds() {
        return List.of(
                cut("max_continuations: 0")
                        .router("max_continuations: 0")
                        .givesStreamed(CUT)
                        .asks(1, 0)
                        .asksPlain(1, 1),
                cut("max_continuations: 1, the fallback breaks off too")
                        .fallback(Part.essay(model -> model.breaking(1, 0, new Step.Cut())))
                        .with(Role.THIRD, Part.essay())
                        .router("max_continuations: 1")
                        .givesStreamed(CUT)
                        .asks(Map.of(Role.PRIMARY, 1, Role.FALLBACK, 1, Role.THIRD, 0))
                        .asksPlain(1, 1),
                cut("max_transcript: 100")
                        .router("max_transcript: 100")
                        .givesStreamed(CUT)
                        .asks(1, 0)
                        .asksPlain(1, 1),
                Scenario.of("stall", "after 20 words, x-litellm-stream-timeout: 3")
                        .primary(Part.broken(20, new Step.Stall()))
                        .fallback()
                        .header("x-litellm-stream-timeout", "3")
                        .in(Pair.SAME)
                        .gives(whole())
                        .asks(1, 1)
                        .first(),
                cut("a request of 400 kB")
                        .asking(filler("filler ".repeat(60_000)))
                        .in(Pair.CHAT_ONLY)
                        .gives(whole())
                        .asks(1, 1),
                cut("max_attempts: 1")
                        .router("max_attempts: 1")
                        .gives(CUT)
                        .givesPlain(failed(502, "server_error", "upstream_cut"))
                        .asks(1, 0),
                Scenario.of(RESET, "after 20 words, max_tokens: 200")
                        .primary(Part.broken(20, new Step.Cut()))
                        .fallback(Part.essay(model -> model.onPrefill(new Behaviour.Obeys())))
                        .asking(Wish.maxTokens(200))
                        .gives(whole())
                        .asks(1, 1));
    }

    private static List<Scenario> plain() {
        return List.of(
                cut("non_streaming: plain")
                        .router("non_streaming: plain")
                        .gives(whole())
                        .asks(1, 1),
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
                        .in(Pair.CHAT_ONLY)
                        .gives(whole())
                        .asks(2, 0));
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
