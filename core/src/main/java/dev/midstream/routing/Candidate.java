package dev.midstream.routing;

import dev.midstream.model.Failure;
import dev.midstream.routing.Health.Cooldown;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A deployment in one request's plan: what this request has seen of it, beside what all know.
 * Event-loop confined.
 */
final class Candidate {

    private static final long LONGEST_WAIT = Duration.ofSeconds(60).toNanos();

    final Deployment deployment;
    final Health health;
    final Stage stage;
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

    Candidate(Deployment deployment, Health health, Stage stage) {
        this.deployment = deployment;
        this.health = health;
        this.stage = stage;
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

    void ask(long now) {
        asks++;
        running = true;
        otherwise = false;
        waitedFor = false;
        askedAt = now;
        notBefore = now;
        stage.ask();
        health.asked();
    }

    void succeeded() {
        running = false;
        health.succeeded(askedAt);
    }

    void released() {
        running = false;
        health.released();
    }

    void failed(Treatment treatment, Failure failure, long backoff, long now) {
        running = false;
        failures++;
        spent = treatment.again() == Treatment.Again.NEVER;
        otherwise = treatment.again() == Treatment.Again.OTHERWISE;
        notBefore = now + backoff;
        Duration hint = Treatment.waitHint(failure);
        if (hint != null) {
            waitEnds = now + hint.toNanos();
            waitFailure = failure;
        }
        health.failed(deployment, treatment.cooling(), failure, askedAt, now);
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
