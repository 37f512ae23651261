package dev.midstream.relay;

import dev.midstream.capability.CapabilityMemory;
import dev.midstream.model.Draft;
import dev.midstream.model.Method;
import dev.midstream.model.Quirk;
import dev.midstream.model.Request;
import dev.midstream.model.Target;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.Face;
import dev.midstream.routing.MidStream;
import dev.midstream.routing.Settings;
import dev.midstream.routing.Variant;
import dev.midstream.seam.Options;
import dev.midstream.seam.SeamPlan;
import dev.midstream.seam.StopMatcher;
import dev.midstream.seam.TokenEstimate;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a deployment would be asked to go on: by which method, with which request, and how its answer
 * is joined.
 *
 * <p>Event-loop confined; one a client request.
 */
final class Recovery {

    /** A request ready to be sent, and what its answer has to pass. */
    record Prepared(Draft draft, @Nullable SeamPlan seam) {}

    private final Request request;
    private final Variants variants;
    private final Settings settings;
    private final CapabilityMemory memory;
    private final Transcript transcript;
    private final Map<String, Set<Method>> failedSeams = new HashMap<>();
    private final Set<String> reasoningRefused = new HashSet<>();

    Recovery(
            Request request,
            Variants variants,
            Settings settings,
            CapabilityMemory memory,
            Transcript transcript) {
        this.request = request;
        this.variants = variants;
        this.settings = settings;
        this.memory = memory;
        this.transcript = transcript;
    }

    /** Whether the deployment could take the answer up from where it stands. */
    boolean able(Deployment deployment) {
        return deployment.serves(request.protocol()) && method(deployment) != null;
    }

    /** The best method by which the deployment takes the answer up, null if it has none. */
    @Nullable Method method(Deployment deployment) {
        return switch (transcript.stage()) {
            case NOTHING, REASONING -> Method.ORIGINAL;
            case TEXT, STRUCTURED -> continuation(deployment);
            case TOOL_CALL, BEYOND_RECOVERY, POLICY_END -> null;
        };
    }

    private @Nullable Method continuation(Deployment deployment) {
        boolean structured = transcript.stage() == Transcript.Stage.STRUCTURED;
        if (settings.midStream() == MidStream.RESTART && structured) {
            return null;
        }
        Set<Method> failed = failedSeams.getOrDefault(deployment.id(), Set.of());
        Method fresh = best(deployment, failed);
        return fresh != null ? fresh : best(deployment, Set.of());
    }

    private @Nullable Method best(Deployment deployment, Set<Method> except) {
        for (Method method : settings.ways(deployment)) {
            if (!except.contains(method) && possible(method, deployment)) {
                return method;
            }
        }
        return null;
    }

    private boolean possible(Method method, Deployment deployment) {
        Target target = face(deployment).target();
        boolean impossible =
                method.prefill()
                        && target.has(Quirk.NO_TOOLS_WITH_PREFIX)
                        && !request.tools().isEmpty();
        return !impossible && !memory.ruledOut(deployment.id(), method);
    }

    /** A seam by this method failed in this request: another one comes first next time. */
    void seamFailed(Deployment deployment, Method method) {
        failedSeams
                .computeIfAbsent(deployment.id(), id -> EnumSet.noneOf(Method.class))
                .add(method);
    }

    /** How many tokens of the client's limit are left; {@link Long#MAX_VALUE} where it has none. */
    long tokensLeft() {
        return tokensLeft(request);
    }

    private long tokensLeft(Request asked) {
        Integer limit = asked.maxTokens();
        return limit == null ? Long.MAX_VALUE : limit - transcript.tokens();
    }

    Prepared prepare(Deployment deployment, Variant variant, Method method) {
        Request asked = variants.of(variant);
        boolean stream =
                (request.stream() || settings.streamUpstream())
                        && face(deployment).target().converses()
                        && memory.streams(deployment.id());
        if (method == Method.ORIGINAL) {
            return new Prepared(adapted(deployment, Draft.original(asked, stream)), null);
        }
        SeamPlan seam =
                SeamPlan.of(
                        method,
                        transcript.text(),
                        settings.continuationPrompt(),
                        options(face(deployment).target()));
        boolean anew = method == Method.REPLAY || method == Method.RESTART;
        Draft draft =
                new Draft(
                        asked,
                        method,
                        seam.appended(),
                        anew ? null : limitFor(seam, asked),
                        stream,
                        !anew,
                        transcript.stage() == Transcript.Stage.STRUCTURED && !anew,
                        !anew,
                        false);
        return new Prepared(adapted(deployment, draft), seam);
    }

    /** In the background where it is to be taken up again; without what was refused there. */
    private Draft adapted(Deployment deployment, Draft draft) {
        boolean refused = reasoningRefused.contains(deployment.id());
        Draft asked = refused ? draft.withoutAnyReasoning() : draft;
        return asked.stream() && settings.resumes(deployment) ? asked.inBackground() : asked;
    }

    /** The protocol in which a deployment is asked: the client's own where it speaks that. */
    Face face(Deployment deployment) {
        return memory.speaks(deployment.id(), request.protocol())
                ? deployment.face(request.protocol())
                : deployment.face();
    }

    /** The deployment did not take reasoning of earlier turns: it is not sent again. */
    void reasoningRefused(Deployment deployment) {
        reasoningRefused.add(deployment.id());
    }

    private @Nullable Integer limitFor(SeamPlan seam, Request asked) {
        long left = tokensLeft(asked);
        if (left == Long.MAX_VALUE) {
            return null;
        }
        long repeated = TokenEstimate.tokensOfBytes(2L * seam.repeatedCharacters());
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, left) + repeated);
    }

    private Options options(Target target) {
        return new Options(
                target.has(Quirk.STRIP_TRAILING_WHITESPACE),
                target.has(Quirk.ECHO),
                true,
                target.has(Quirk.TRIMS_LEADING_WHITESPACE),
                settings.minSeam());
    }

    Splice splice(Prepared prepared, boolean inOrder) {
        SeamPlan seam = prepared.seam();
        boolean apart = settings.midStream() == MidStream.RESTART;
        return new Splice(
                transcript,
                inOrder,
                seam == null ? null : seam.joiner(),
                prepared.draft().method().prefill(),
                seam == null || apart
                        ? ContinuedText.free()
                        : continued(prepared.draft().request()));
    }

    private ContinuedText continued(Request asked) {
        List<String> stop = asked.stop();
        return new ContinuedText(
                stop.isEmpty() ? null : new StopMatcher(stop, transcript.text()),
                Math.max(1, tokensLeft(asked)),
                request.format().structured() ? document() : null);
    }

    /** The structured document as far as it has been released. */
    Document document() {
        return new Document(transcript.text(), request.format());
    }
}
