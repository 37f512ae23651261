package dev.midstream.relay;

import dev.midstream.capability.CapabilityMemory;
import dev.midstream.model.Draft;
import dev.midstream.model.Message;
import dev.midstream.model.Method;
import dev.midstream.model.Quirk;
import dev.midstream.model.Request;
import dev.midstream.model.Target;
import dev.midstream.routing.Choice;
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

    /**
     * A request ready to be sent, and what its answer has to pass.
     *
     * @param rewritten whether it was written by somebody else than us
     */
    record Prepared(Draft draft, @Nullable SeamPlan seam, boolean rewritten) {
        Prepared(Draft draft, @Nullable SeamPlan seam) {
            this(draft, seam, false);
        }
    }

    private final Request request;
    private final Variants variants;
    private final Settings settings;
    private final CapabilityMemory memory;
    private final Transcript transcript;
    private final Map<String, Set<Method>> failedSeams = new HashMap<>();
    private final Set<String> reasoningRefused = new HashSet<>();
    private MidStream mode;
    private boolean anew;

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
        this.mode = settings.midStream();
    }

    /** From now on breaks are recovered as the settings say. */
    void asConfigured() {
        by(settings.midStream(), false);
    }

    /**
     * From now on breaks are recovered in this way.
     *
     * @param startsOver whether nobody has seen what was released, and the answer starts over
     */
    void by(MidStream chosen, boolean startsOver) {
        mode = chosen;
        anew = startsOver;
    }

    /** As above; an answer that nobody has seen starts over where a new one is wanted. */
    void by(MidStream chosen) {
        boolean text =
                transcript.stage() == Transcript.Stage.TEXT
                        || transcript.stage() == Transcript.Stage.STRUCTURED;
        by(chosen, text && !request.stream() && chosen == MidStream.RESTART);
    }

    MidStream mode() {
        return mode;
    }

    /** Whether the answer starts over with the next attempt. */
    boolean anew() {
        return anew;
    }

    /** Whether the next attempt has to respect what the client has. */
    boolean delivered() {
        return !anew && transcript.delivered();
    }

    /** How far the answer has come that the next attempt goes on with. */
    Transcript.Stage stage() {
        return anew ? Transcript.Stage.NOTHING : transcript.stage();
    }

    /** Whether the deployment could take the answer up from where it stands. */
    boolean able(Deployment deployment) {
        return deployment.serves(request.protocol()) && method(deployment) != null;
    }

    /** The best method by which the deployment takes the answer up, null if it has none. */
    @Nullable Method method(Deployment deployment) {
        return switch (stage()) {
            case NOTHING, REASONING -> Method.ORIGINAL;
            case TEXT, STRUCTURED -> continuation(deployment);
            case TOOL_CALL, BEYOND_RECOVERY, POLICY_END -> null;
        };
    }

    private @Nullable Method continuation(Deployment deployment) {
        boolean structured = transcript.stage() == Transcript.Stage.STRUCTURED;
        if (mode == MidStream.RESTART && structured) {
            return null;
        }
        Set<Method> failed = failedSeams.getOrDefault(deployment.id(), Set.of());
        Method fresh = best(deployment, failed);
        return fresh != null ? fresh : best(deployment, Set.of());
    }

    private @Nullable Method best(Deployment deployment, Set<Method> except) {
        for (Method method : settings.ways(deployment, mode)) {
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
        SeamPlan seam = seam(method, deployment, true);
        boolean afresh = method == Method.REPLAY || method == Method.RESTART;
        Draft draft =
                new Draft(
                        asked,
                        method,
                        seam.appended(),
                        afresh ? null : limitFor(seam, asked),
                        stream,
                        !afresh,
                        transcript.stage() == Transcript.Stage.STRUCTURED && !afresh,
                        !afresh,
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

    /**
     * @param trusted whether a prefill is what was delivered, so that it will be continued
     */
    private SeamPlan seam(Method method, Deployment deployment, boolean trusted) {
        return SeamPlan.of(
                method,
                transcript.text(),
                settings.continuationPrompt(),
                options(face(deployment).target(), trusted));
    }

    /**
     * Somebody's own draft in place of the one that was prepared: what makes its answer joinable
     * stays ours. Null if it cannot be joined.
     */
    @Nullable Prepared rewritten(Choice.Ask ask, Prepared proposed, Draft wanted) {
        if (wanted.equals(proposed.draft())) {
            return proposed;
        }
        Prepared base = byMethodOf(wanted, ask, proposed);
        if (base == null || !formed(wanted.request()) || !prefills(base, wanted)) {
            return null;
        }
        Method method = base.draft().method();
        boolean trusted = !method.prefill() || lastTurn(wanted).equals(lastTurn(base.draft()));
        SeamPlan seam = base.seam() == null ? null : seam(method, ask.deployment(), trusted);
        return new Prepared(merged(base.draft(), wanted), seam, true);
    }

    /** Prepared by the draft's own method where the deployment has that; null if it has not. */
    private @Nullable Prepared byMethodOf(Draft wanted, Choice.Ask ask, Prepared proposed) {
        Method method = wanted.method();
        Method usual = proposed.draft().method();
        if (usual == Method.RESUME) {
            return null;
        }
        if (method == usual) {
            return proposed;
        }
        boolean has =
                usual != Method.ORIGINAL
                        && settings.ways(ask.deployment(), mode).contains(method)
                        && possible(method, ask.deployment());
        return has ? prepare(ask.deployment(), ask.variant(), method) : null;
    }

    /** Whether the answer to it has the form that the client expects. */
    private boolean formed(Request asked) {
        return asked.choices() == request.choices()
                && asked.format().structured() == request.format().structured();
    }

    private static boolean prefills(Prepared base, Draft wanted) {
        return !base.draft().method().prefill()
                || base.draft().appended().isEmpty()
                || lastTurn(wanted).stream()
                        .anyMatch(turn -> turn.role() == Message.Role.ASSISTANT);
    }

    private static List<Message> lastTurn(Draft draft) {
        List<Message> turns = draft.appended();
        return turns.isEmpty() ? List.of() : List.of(turns.getLast());
    }

    private static Draft merged(Draft ours, Draft wanted) {
        return new Draft(
                wanted.request(),
                ours.method(),
                wanted.appended(),
                wanted.maxTokens(),
                ours.stream(),
                ours.withoutReasoning() || wanted.withoutReasoning(),
                ours.withoutFormat() || wanted.withoutFormat(),
                ours.withoutForcedTool() || wanted.withoutForcedTool(),
                ours.singleChoice() || wanted.singleChoice(),
                ours.withoutOldReasoning() || wanted.withoutOldReasoning(),
                ours.background(),
                null);
    }

    private Options options(Target target, boolean trusted) {
        return new Options(
                target.has(Quirk.STRIP_TRAILING_WHITESPACE),
                target.has(Quirk.ECHO),
                trusted,
                target.has(Quirk.TRIMS_LEADING_WHITESPACE),
                settings.minSeam());
    }

    Splice splice(Prepared prepared, boolean inOrder) {
        SeamPlan seam = prepared.seam();
        boolean apart = mode == MidStream.RESTART;
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
