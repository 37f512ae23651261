package dev.midstream.client;

import dev.midstream.model.Method;
import dev.midstream.model.SeamGrade;
import dev.midstream.routing.HoldToolCalls;
import dev.midstream.routing.MidStream;
import java.time.Duration;

/**
 * How requests are recovered: what a router, a group and a call may say. The call counts before the
 * group, the group before the router.
 *
 * @param <B> what the methods return, so that calls can be chained
 */
public abstract sealed class RecoverySettings<B> extends TimeSettings<B>
        permits RouterBuilder, GroupSettings, CallOptions {

    RecoverySettings() {}

    /**
     * What happens to a stream that breaks after content has been handed out; {@link
     * MidStream#CONTINUE} unless said otherwise.
     */
    public final B midStream(MidStream what) {
        return typed("mid_stream", what);
    }

    /**
     * Names the method of continuation outright; the best that the capability table has for a model
     * unless said otherwise. {@link Method#ORIGINAL} and {@link Method#RESTART} are none.
     */
    public final B continuation(Method method) {
        return typed("continuation", method);
    }

    /**
     * The words of the user turn that asks a model to go on, with {@code {tail}} for the end of
     * what was delivered; an empty text rules the user turn out.
     */
    public final B continuationPrompt(String prompt) {
        return typed("continuation_prompt", prompt);
    }

    /**
     * For the whole request, over retries, fallbacks and continuations: the one deadline; 100
     * minutes unless said otherwise.
     */
    public final B requestTimeout(Duration time) {
        return typed("request_timeout", time);
    }

    /**
     * How many attempts may go to other model groups, 0 to 100 per request; 5 unless said
     * otherwise.
     */
    public final B maxFallbacks(int most) {
        return typed("max_fallbacks", most);
    }

    /**
     * How many requests may be sent to providers for one, 1 to 200; 1 and the retries and the
     * fallbacks unless said otherwise.
     */
    public final B maxAttempts(int most) {
        return typed("max_attempts", most);
    }

    /** How often one answer may be gone on with, 0 to 100; 3 unless said otherwise. */
    public final B maxContinuations(int most) {
        return typed("max_continuations", most);
    }

    /**
     * How well the join to the delivered text must be proven before anything of a continuation is
     * handed out; {@link SeamGrade#OVERLAPPING} unless said otherwise.
     */
    public final B minSeam(SeamGrade grade) {
        return typed("min_seam", grade);
    }

    /**
     * Whether a tool call is held until it is complete; {@link HoldToolCalls#AUTO} unless said
     * otherwise.
     */
    public final B holdToolCalls(HoldToolCalls when) {
        return typed("hold_tool_calls", when);
    }

    /**
     * How long an answer's opening is held back at most while no content has come; 10 seconds
     * unless said otherwise, zero allowed.
     */
    public final B commitAfter(Duration time) {
        return typed("commit_after", time);
    }

    /**
     * Bytes of a tool call that are held at most, to 64 Mi; beyond, it is handed out live. 1 Mi
     * unless said otherwise.
     */
    public final B maxHeld(int bytes) {
        return typed("max_held", bytes);
    }

    /**
     * Characters of an answer up to which it can be continued, to 16 Mi; 256 Ki unless said
     * otherwise.
     */
    public final B maxTranscript(int characters) {
        return typed("max_transcript", characters);
    }

    /**
     * Whether a request for a whole answer runs as a stream and is put together here, so that it
     * can be rescued; it does unless said otherwise.
     */
    public final B streamUpstream(boolean streamed) {
        return typed("non_streaming", streamed ? "stream" : "plain");
    }

    /**
     * Whether no other model group may see the request, in any phase; others may unless said so.
     */
    public final B disableFallbacks(boolean disabled) {
        return typed("disable_fallbacks", disabled);
    }

    /**
     * Whether a request that a provider's content policy refuses goes to the next group; it does
     * not unless said otherwise.
     */
    public final B evadeContentPolicy(boolean evaded) {
        return typed("evade_content_policy", evaded);
    }
}
