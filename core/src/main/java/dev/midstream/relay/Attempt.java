package dev.midstream.relay;

import dev.midstream.model.BlockKind;
import dev.midstream.model.Draft;
import dev.midstream.model.Failure;
import dev.midstream.model.Frame;
import dev.midstream.model.Held;
import dev.midstream.model.Method;
import dev.midstream.model.SeamGrade;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.Usage;
import dev.midstream.routing.AttemptClocks;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.Face;
import dev.midstream.routing.Prices;
import dev.midstream.seam.TokenEstimate;
import java.time.Duration;
import java.util.BitSet;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** One request to one deployment, as the relay remembers it. Event-loop confined. */
final class Attempt {

    /** How long usage and the terminal event are waited for once the answer itself is complete. */
    private static final Duration LINGER = Duration.ofSeconds(3);

    final int number;
    final Deployment deployment;
    final Face face;
    final String group;
    final boolean fallback;
    final Draft draft;
    final AttemptClocks clocks;
    final long started;
    final HoldBack holdBack;

    /** How its events become the client's; null while they are the client's as they are. */
    final @Nullable Splice splice;

    /** Blocks whose deltas may go straight through. */
    final BitSet live = new BitSet();

    /** Those of the attempt that it goes on for, until its own first content has come. */
    private BitSet taken = new BitSet();

    String model = "";
    long firstToken;
    long lastProgress;
    long lastSign;
    long ended;
    boolean served;
    Usage usage = Usage.NONE;
    @Nullable Frame usageFrame;
    @Nullable Failure failure;

    /** Where the provider keeps its answer, null while that is not known or not so. */
    @Nullable Held held;

    /** Whether another attempt went on with the same generation: what it cost is told there. */
    boolean takenUp;

    /** Whether its failure only taught us how the deployment is to be asked. */
    boolean taught;

    @Nullable SeamGrade grade;
    int seamDropped;

    /** What had been released when it began, and what it added, in UTF-8 bytes. */
    long bytesBefore;

    long bytesAdded;

    /** What the client had when it began, in UTF-8 bytes, were it only to take up a generation. */
    long delivered;

    /** What of that was released under its own number, in UTF-8 bytes. */
    long released;

    /** When the first of it was released; 0 before. */
    long firstReleased;

    /** Between the last that was released before it and the first of it, in nanoseconds. */
    long gap;

    /** Whether what was sent is not what was proposed: then it says little of the deployment. */
    boolean rewritten;

    /** What the upstream calls the request. */
    @Nullable String requestId;

    /**
     * Whether its current block is one in which long silence is normal: reasoning, tools run by the
     * provider.
     */
    boolean silent;

    long paused;

    Attempt(
            int number,
            Deployment deployment,
            Face face,
            String group,
            boolean fallback,
            Draft draft,
            AttemptClocks clocks,
            long started,
            HoldBack holdBack,
            @Nullable Splice splice) {
        this.number = number;
        this.deployment = deployment;
        this.face = face;
        this.group = group;
        this.fallback = fallback;
        this.draft = draft;
        this.clocks = clocks;
        this.started = started;
        this.lastProgress = started;
        this.lastSign = started;
        this.holdBack = holdBack;
        this.splice = splice;
    }

    /** Goes on with the generation of an attempt that was cut off. */
    void takeUp(Attempt interrupted) {
        interrupted.takenUp = true;
        taken = interrupted.live;
        model = interrupted.model;
        held = interrupted.held;
        usage = interrupted.usage;
        usageFrame = interrupted.usageFrame;
        served = interrupted.served;
        silent = interrupted.silent;
        seamDropped = interrupted.seamDropped;
        bytesBefore = interrupted.bytesBefore;
        grade = SeamGrade.EXACT;
    }

    /** Its first content has come. */
    void answers() {
        live.or(taken);
    }

    /** Whether what it adds goes on from what had been delivered. */
    boolean continues() {
        return method() != Method.ORIGINAL;
    }

    /** Whether a provider may still be generating for it although nobody reads. */
    boolean generating() {
        return draft.background() && held != null;
    }

    Method method() {
        return draft.method();
    }

    boolean verbatim() {
        return splice == null;
    }

    void progress(long now) {
        lastProgress = now;
        lastSign = now;
        if (firstToken == 0) {
            firstToken = now;
        }
    }

    /** A sign of life that is no progress. */
    void sign(long now) {
        lastSign = now;
    }

    /** The client was not taking anything since then: no clock of the upstream ran. */
    void excuse(long since, long now) {
        paused += now - Math.max(since, started);
        lastProgress += now - Math.max(since, lastProgress);
        lastSign += now - Math.max(since, lastSign);
    }

    /** What a frame says of the attempt, up to the failure that it tells. */
    void note(Frame frame) {
        for (int i = 0; i < frame.size(); i++) {
            switch (frame.event(i)) {
                case StreamEvent.Opened opened -> opened(opened);
                case StreamEvent.BlockStarted start ->
                        silent =
                                start.kind() == BlockKind.REASONING
                                        || start.kind() == BlockKind.OPAQUE;
                case StreamEvent.BlockEnded end -> silent = false;
                case StreamEvent.UsageReported reported ->
                        usage = usage.updatedBy(reported.usage());
                case StreamEvent.Failed failed -> {
                    return;
                }
                default -> {}
            }
        }
    }

    private void opened(StreamEvent.Opened opened) {
        if (model.isEmpty()) {
            model = opened.model();
        }
        held = held == null ? opened.held() : held;
    }

    /** When the clock that runs now runs out (monotonic nanoseconds). */
    long deadline(boolean answered) {
        if (!draft.stream()) {
            return started + paused + clocks.plain().toNanos();
        }
        if (answered) {
            return lastProgress + Math.min(LINGER.toNanos(), clocks.idle().toNanos());
        }
        if (firstToken == 0) {
            long from = clocks.pingsAreLife() ? lastSign : started + paused;
            return from + clocks.firstToken().toNanos();
        }
        return lastProgress + idle().toNanos();
    }

    /** What is to be said when {@link #deadline} has passed. */
    Failure timedOut() {
        if (!draft.stream()) {
            return new Failure.TimedOut(Failure.TimedOut.Clock.TOTAL, clocks.plain());
        }
        return firstToken == 0
                ? new Failure.TimedOut(Failure.TimedOut.Clock.FIRST_TOKEN, clocks.firstToken())
                : new Failure.TimedOut(Failure.TimedOut.Clock.IDLE, idle());
    }

    private Duration idle() {
        return silent ? clocks.idleInReasoning() : clocks.idle();
    }

    /** It is over: what it added is known. */
    void end(Transcript transcript, long now) {
        ended = now;
        released = transcript.bytes() - delivered;
        bytesAdded = transcript.bytes() - bytesBefore;
    }

    /** What this attempt cost: told by its upstream, or estimated from what it added. */
    Usage usage() {
        if (takenUp) {
            return Usage.NONE;
        }
        if (usage.output() != Usage.UNKNOWN && failure == null || bytesAdded == 0) {
            return usage;
        }
        int added = (int) TokenEstimate.tokensOfBytes(bytesAdded);
        return new Usage(
                usage.input(),
                Math.max(usage.output(), added),
                usage.cacheRead(),
                usage.cacheWrite(),
                usage.reasoning(),
                true);
    }

    /**
     * What it cost in money; a prompt that was read, and that nobody counted, is estimated.
     *
     * @param prompt counts the tokens of the original prompt by its texts
     */
    private @Nullable Double cost(IntSupplier prompt) {
        Prices prices = deployment.facts().prices();
        Usage used = usage();
        if (prices == null || used.equals(Usage.NONE)) {
            return null;
        }
        int input = used.input() != Usage.UNKNOWN ? used.input() : prompt.getAsInt();
        return prices.cost(used.updatedBy(Usage.of(input, Usage.UNKNOWN)));
    }

    private @Nullable String requestId() {
        return requestId == null && failure instanceof Failure.Refused refused
                ? refused.error().requestId()
                : requestId;
    }

    private Summary.Delivery delivery() {
        return new Summary.Delivery(
                TokenEstimate.tokensOfBytes(delivered),
                TokenEstimate.tokensOfBytes(Math.max(0, released)),
                firstReleased,
                gap);
    }

    /**
     * @param prompt counts the tokens of the original prompt by its texts
     */
    Summary.Attempt summary(IntSupplier prompt) {
        return new Summary.Attempt(
                number,
                deployment.id(),
                group,
                model.isEmpty() ? face.target().model() : model,
                method(),
                started,
                firstToken,
                ended,
                failure,
                grade,
                seamDropped,
                usage(),
                served,
                face,
                fallback,
                requestId(),
                delivery(),
                cost(prompt));
    }
}
