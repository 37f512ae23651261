package dev.midstream.routing;

import dev.midstream.model.Failure;
import dev.midstream.model.Usage;
import dev.midstream.routing.Health.Cooldown;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A deployment in one request's plan: what this request has seen of it, beside what all know.
 * Event-loop confined.
 */
final class Candidate {

    private static final long LONGEST_WAIT = Duration.ofSeconds(60).toNanos();
    private static final double SECOND = 1e9;

    final Deployment deployment;
    final Health health;
    final Stage stage;

    /** What an ask changes. */
    record Standing(
            int asks,
            boolean running,
            boolean otherwise,
            boolean waitedFor,
            long askedAt,
            long notBefore,
            boolean stageAsked) {}

    private final Limits limits;
    private final long estimated;
    private @Nullable Standing unasked;
    private int asks;
    private int failures;
    private boolean running;
    private boolean spent;
    private boolean otherwise;
    private long askedAt;
    private long notBefore;
    private @Nullable Long waitEnds;
    private @Nullable Failure waitFailure;
    private boolean waitedFor;
    private boolean looked;
    private @Nullable Obstacle obstacle;
    private boolean answered;
    private @Nullable Usage used;

    /**
     * @param limits within which it is asked
     * @param estimated about how many tokens the request takes
     */
    Candidate(Deployment deployment, Health health, Stage stage, Limits limits, long estimated) {
        this.deployment = deployment;
        this.health = health;
        this.stage = stage;
        this.limits = limits;
        this.estimated = estimated;
    }

    boolean running() {
        return running;
    }

    boolean fresh() {
        return asks == 0;
    }

    int asks() {
        return asks;
    }

    int failures() {
        return failures;
    }

    /**
     * Whether its way of being asked was refused, so that it is asked otherwise before anybody else
     * is.
     */
    boolean otherwise() {
        return otherwise;
    }

    /** Whether it must not be asked again by this request. */
    boolean spent() {
        return spent;
    }

    /** The model group that it belongs to. */
    String group() {
        return deployment.target().group();
    }

    Limits limits() {
        return limits;
    }

    /** What its limits leave is looked up anew. */
    void lookAgain() {
        looked = false;
    }

    /**
     * The limit that leaves no room for this request, null if none does: the same answer until
     * {@link #lookAgain}, whatever others take or give back meanwhile.
     */
    @Nullable Obstacle obstacle(long now) {
        if (!looked) {
            looked = true;
            obstacle = health.load().obstacle(limits, estimated, now);
        }
        return obstacle;
    }

    /** How long until it could take this request, in nanoseconds, as far as can be foreseen. */
    long roomIn(long now) {
        Obstacle limit = obstacle(now);
        return Math.max(waitLeft(now), limit == null ? 0 : limit.nanos());
    }

    /**
     * Takes up the room that its limits leave; false if somebody else has just taken it.
     *
     * @param beyond whether the limits do not count
     */
    boolean enter(boolean beyond, long now) {
        return health.load().ask(beyond ? Limits.NONE : limits, estimated, now);
    }

    /** How it stands. */
    Standing standing() {
        return new Standing(asks, running, otherwise, waitedFor, askedAt, notBefore, stage.asked());
    }

    /** It stands as it did then. */
    void restore(Standing then) {
        asks = then.asks();
        running = then.running();
        otherwise = then.otherwise();
        waitedFor = then.waitedFor();
        askedAt = then.askedAt();
        notBefore = then.notBefore();
        stage.restore(then.stageAsked());
    }

    /** It stands as before it was asked last. */
    void unask() {
        if (unasked != null) {
            restore(unasked);
        }
    }

    /** The room that it took up when it was asked is free again. */
    void leave(Standing asked, long now) {
        health.load().takeBack(estimated, asked.askedAt(), now);
    }

    /** It is asked; it has been entered before. */
    void ask(long now) {
        unasked = standing();
        asks++;
        answered = false;
        used = null;
        running = true;
        otherwise = false;
        waitedFor = false;
        askedAt = now;
        notBefore = now;
        stage.ask();
    }

    /** The first content of its answer has come. */
    void answering(long now) {
        if (!answered) {
            answered = true;
            health.firstToken().took((now - askedAt) / SECOND, now);
        }
    }

    /** What the attempt has used so far. */
    void used(Usage usage) {
        used = usage;
    }

    void succeeded(long now) {
        end(now);
        int output = used == null ? 0 : used.output();
        health.perToken().took((now - askedAt) / SECOND / Math.max(1, output), now);
        health.succeeded(askedAt);
    }

    void released(long now) {
        end(now);
    }

    private void end(long now) {
        running = false;
        health.load().end(estimated, tokens(), askedAt, now);
    }

    private @Nullable Long tokens() {
        Usage usage = used;
        if (usage == null || usage.output() == Usage.UNKNOWN) {
            return null;
        }
        long input = usage.input() == Usage.UNKNOWN ? estimated : usage.input();
        return input + usage.output();
    }

    /** How long it is left alone because of just this failure, null if that changes nothing. */
    @Nullable Duration failed(Treatment treatment, Failure failure, long backoff, long now) {
        end(now);
        failures++;
        spent = treatment.again() == Treatment.Again.NEVER;
        otherwise = treatment.again() == Treatment.Again.OTHERWISE;
        notBefore = now + backoff;
        Duration hint = Treatment.waitHint(failure);
        if (hint != null) {
            waitEnds = now + hint.toNanos();
            waitFailure = failure;
        }
        return health.failed(deployment, treatment.cooling(), failure, askedAt, now);
    }

    boolean cooled(long now) {
        return health.cooldown(now) != null;
    }

    /** When the cooldown ends that runs now; {@code now} if none does. */
    long cooledUntil(long now) {
        Cooldown cooldown = health.cooldown(now);
        return cooldown == null ? now : cooldown.ends();
    }

    /** How much of a Retry-After is left, in nanoseconds; zero if none runs. */
    long waitLeft(long now) {
        Cooldown shared = health.cooldown(now);
        long left = shared == null ? 0 : shared.waitEnds() - now;
        return Math.max(0, waitEnds == null ? left : Math.max(left, waitEnds - now));
    }

    /** Whether it asks for more patience than a request has. */
    boolean waitsTooLong(long now) {
        return !waitedFor && waitLeft(now) > LONGEST_WAIT;
    }

    /** The failure that brought the Retry-After. */
    @Nullable Failure waitFailure(long now) {
        Cooldown shared = health.cooldown(now);
        return shared != null && shared.asksToWait(now) ? shared.failure() : waitFailure;
    }

    /** From when on this request may ask it. */
    long readyAt(long now) {
        if (waitedFor) {
            return notBefore;
        }
        long waited = now + waitLeft(now);
        return asks == 0 || waited - notBefore > 0 ? waited : notBefore;
    }

    /** This request waits for it until then, and no longer, whatever others learn meanwhile. */
    void waitUntil(long time) {
        waitedFor = true;
        notBefore = time;
    }
}
