package dev.midstream.config;

import static dev.midstream.config.SettingKey.Place.BODY;
import static dev.midstream.config.SettingKey.Place.DEPLOYMENT;
import static dev.midstream.config.SettingKey.Place.GROUP;
import static dev.midstream.config.SettingKey.Place.HEADER;
import static dev.midstream.config.SettingKey.Place.ROUTER;

import dev.midstream.config.SettingKey.Place;
import dev.midstream.model.Method;
import dev.midstream.model.SeamGrade;
import dev.midstream.routing.HoldToolCalls;
import dev.midstream.routing.MidStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All keys of {@link SettingKey}'s kind: one table for the configuration, the headers, the bodies
 * and the reference.
 */
final class SettingKeys {

    private static final Set<Place> EVERYWHERE = Set.of(ROUTER, GROUP, HEADER, BODY);
    private static final Set<Place> CLOCK = Set.of(ROUTER, GROUP, DEPLOYMENT, HEADER);
    private static final Set<Place> LITELLM_CLOCK = Set.of(ROUTER, GROUP, DEPLOYMENT, HEADER, BODY);
    private static final Set<Place> BOUND = Set.of(ROUTER, GROUP, HEADER);

    /** The longest wording of a user turn. */
    private static final int MAX_PROMPT = 8_000;

    static final List<SettingKey> ALL =
            List.of(
                    new SettingKey(
                            "mid_stream",
                            EVERYWHERE,
                            SettingValue.word(MidStream.class, (d, v) -> d.midStream = v),
                            "`continue`",
                            "What happens to a stream that breaks after content has reached the client: another deployment goes on from there, the original request is asked again and its answer shown apart from the first difference (a plain answer starts over), or the stream ends in the upstream's true error."),
                    new SettingKey(
                            "disable_mid_stream_continuation",
                            EVERYWHERE,
                            SettingValue.flag(SettingKeys::disableContinuation),
                            "`false`",
                            "`true` is `mid_stream: restart` under the name that LiteLLM's users asked for; `mid_stream` beside it counts."),
                    new SettingKey(
                            "continuation",
                            BOUND,
                            SettingValue.oneOf(
                                    Stream.of(
                                            Method.RESUME,
                                            Method.PREFILL,
                                            Method.PREFIX,
                                            Method.PARTIAL,
                                            Method.CONTINUE_FINAL_MESSAGE,
                                            Method.USER_TURN,
                                            Method.REPLAY),
                                    (d, v) -> d.continuation = v),
                            "the best that the capability table has",
                            "Names the method of continuation outright: `user_turn` means that no prefill is ever sent; `resume` that a Responses deployment generates in the background, and a connection that breaks is replaced (who cannot be resumed goes on by the best that it has)."),
                    new SettingKey(
                            "continuation_prompt",
                            BOUND,
                            SettingValue.of(
                                    "a text with `{tail}` in it, or an empty one",
                                    SettingKeys::prompt,
                                    (d, v) -> d.continuationPrompt = v),
                            "built in",
                            "The words of the user turn that asks a model to go on; `{tail}` stands for the end of what was delivered. Empty rules the user turn out."),
                    new SettingKey(
                            "connect_timeout",
                            CLOCK,
                            SettingValue.seconds((d, v) -> d.connect = v),
                            "5",
                            "Seconds until the connection to the provider stands."),
                    new SettingKey(
                            "first_token_timeout",
                            CLOCK,
                            SettingValue.seconds((d, v) -> d.firstToken = v),
                            "120; 600 when reasoning is asked for",
                            "Seconds until the first content, reasoning included."),
                    new SettingKey(
                            "idle_timeout",
                            CLOCK,
                            SettingValue.seconds((d, v) -> d.idle = v),
                            "60; 300 inside reasoning and tools run by the provider",
                            "Seconds between two signs of progress; pings are none."),
                    new SettingKey(
                            "timeout",
                            LITELLM_CLOCK,
                            SettingValue.seconds((d, v) -> d.timeout = v),
                            "600",
                            "Seconds that bound a plain attempt, never a stream that makes progress. Sets the two above where neither they nor `stream_timeout` are set."),
                    new SettingKey(
                            "stream_timeout",
                            LITELLM_CLOCK,
                            SettingValue.seconds((d, v) -> d.streamTimeout = v),
                            "unset",
                            "LiteLLM's read timeout of a stream, in seconds: sets `first_token_timeout` and `idle_timeout` where these are absent."),
                    new SettingKey(
                            "request_timeout",
                            CLOCK,
                            SettingValue.seconds((d, v) -> d.requestTimeout = v),
                            "6000",
                            "Seconds for the whole request, over retries, fallbacks and continuations: the one deadline."),
                    new SettingKey(
                            "num_retries",
                            Set.of(ROUTER, DEPLOYMENT, HEADER, BODY),
                            SettingValue.whole(0, 100, (d, v) -> d.numRetries = v),
                            "2",
                            "How often the last deployment left is asked again, per request, mid-stream too."),
                    new SettingKey(
                            "max_fallbacks",
                            BOUND,
                            SettingValue.whole(0, 100, (d, v) -> d.maxFallbacks = v),
                            "5",
                            "How many attempts may go to other model groups, per request."),
                    new SettingKey(
                            "max_attempts",
                            BOUND,
                            SettingValue.whole(1, 200, (d, v) -> d.maxAttempts = v),
                            "1 + `num_retries` + `max_fallbacks`",
                            "How many requests may be sent upstream for one request of a client."),
                    new SettingKey(
                            "max_continuations",
                            BOUND,
                            SettingValue.whole(0, 100, (d, v) -> d.maxContinuations = v),
                            "3",
                            "How often one answer may be gone on with."),
                    new SettingKey(
                            "min_seam",
                            BOUND,
                            SettingValue.word(SeamGrade.class, (d, v) -> d.minSeam = v),
                            "`overlapping`",
                            "How well the join to the delivered text must be proven before anything of a continuation is released."),
                    new SettingKey(
                            "hold_tool_calls",
                            BOUND,
                            SettingValue.word(HoldToolCalls.class, (d, v) -> d.holdToolCalls = v),
                            "`auto`",
                            "Whether a tool call is held until it is complete: `auto` while there is somewhere else to go."),
                    new SettingKey(
                            "commit_after",
                            BOUND,
                            SettingValue.secondsOrZero((d, v) -> d.commitAfter = v),
                            "10",
                            "Seconds for which status and opening are held back at most while no content has come, so that an early error is a real HTTP status."),
                    new SettingKey(
                            "heartbeat_interval",
                            BOUND,
                            SettingValue.seconds((d, v) -> d.heartbeatInterval = v),
                            "10",
                            "Seconds without anything written after which a heartbeat goes to the client."),
                    new SettingKey(
                            "max_held",
                            BOUND,
                            SettingValue.whole(0, 64 << 20, (d, v) -> d.maxHeld = v),
                            "1048576",
                            "Bytes of a tool call that are held at most; beyond, it goes out live."),
                    new SettingKey(
                            "max_transcript",
                            BOUND,
                            SettingValue.whole(0, 16 << 20, (d, v) -> d.maxTranscript = v),
                            "262144",
                            "Characters of an answer up to which it can be continued."),
                    new SettingKey(
                            "non_streaming",
                            BOUND,
                            SettingValue.of(
                                    "`stream` or `plain`",
                                    SettingKeys::streamed,
                                    (d, v) -> d.streamUpstream = v),
                            "`stream`",
                            "Whether a request that does not stream runs upstream as a stream and is assembled here, so that it can be rescued, or as the client asked."),
                    new SettingKey(
                            "disable_fallbacks",
                            EVERYWHERE,
                            SettingValue.flag((d, v) -> d.disableFallbacks = v),
                            "`false`",
                            "`true`: no other model group sees the request, in any phase."),
                    new SettingKey(
                            "seam_comments",
                            BOUND,
                            SettingValue.flag((d, v) -> d.seamComments = v),
                            "`true`",
                            "Whether a stream says at a seam, in an SSE comment, what happened."),
                    new SettingKey(
                            "evade_content_policy",
                            BOUND,
                            SettingValue.flag((d, v) -> d.evadeContentPolicy = v),
                            "`false`",
                            "Whether a request refused by a provider's content policy goes to the next group."));

    private SettingKeys() {}

    static @Nullable SettingKey find(String name) {
        return ALL.stream().filter(key -> key.name().equals(name)).findFirst().orElse(null);
    }

    static Stream<SettingKey> at(Place place) {
        return ALL.stream().filter(key -> key.at(place));
    }

    private static void disableContinuation(SettingsDraft draft, boolean disabled) {
        if (draft.midStream == null) {
            draft.midStream = disabled ? MidStream.RESTART : MidStream.CONTINUE;
        }
    }

    private static @Nullable String prompt(String text) {
        boolean usable = text.isEmpty() || text.contains("{tail}");
        return usable && text.length() <= MAX_PROMPT ? text : null;
    }

    private static @Nullable Boolean streamed(String text) {
        return switch (text) {
            case "stream" -> Boolean.TRUE;
            case "plain" -> Boolean.FALSE;
            default -> null;
        };
    }
}
