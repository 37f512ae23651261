package dev.midstream.routing;

import dev.midstream.model.Failure;
import dev.midstream.routing.Treatment.Cooling;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What all requests together know of one deployment: its cooldown and its recent failures; beside
 * them how much it is asked and how fast it answers. Thread-safe; reading a cooldown takes no lock.
 *
 * <p>A failure counts against the deployment until it succeeds or a minute has passed. A cooldown
 * that ends leaves the deployment on probation until its next success: one failure then cools it
 * again, for longer if it had been left alone all the time before. What was asked before a cooldown
 * began says nothing about how it went on: it neither lengthens the probation nor ends it.
 */
final class Health {

    private static final long PROBATION = Duration.ofMinutes(10).toNanos();
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int GROWTH = 12;
    private static final int UNCONFIGURED_FAILS = 1;

    /**
     * A cooldown, running or over.
     *
     * @param waitEnds when the Retry-After in it ends; not later than {@code since} where there is
     *     none
     * @param failure what brought it; together with a Retry-After the one that asked for it
     */
    record Cooldown(long since, long ends, long waitEnds, Failure failure) {
        boolean runs(long now) {
            return ends - now > 0;
        }

        boolean asksToWait(long now) {
            return waitEnds - now > 0;
        }
    }

    private volatile Cooldowns rules;
    private final Load load = new Load();
    private final Latencies firstToken = new Latencies();
    private final Latencies perToken = new Latencies();
    private final Map<ErrorKind, Streak> ofKind = new EnumMap<>(ErrorKind.class);
    private Streak any;
    private int unproven;
    private volatile boolean suspect;
    private volatile @Nullable Cooldown cooldown;
    private volatile long cooldowns;

    Health(Cooldowns rules) {
        this.rules = rules;
        this.any = any(rules);
    }

    private static Streak any(Cooldowns rules) {
        Integer allowed = rules.allowed().any();
        return new Streak(allowed == null ? UNCONFIGURED_FAILS : allowed);
    }

    /** From now on by these rules: the configuration was read anew. */
    synchronized void govern(Cooldowns changed) {
        if (!changed.equals(rules)) {
            rules = changed;
            any = any(changed);
            ofKind.clear();
        }
    }

    Load load() {
        return load;
    }

    /** Seconds until the first content. */
    Latencies firstToken() {
        return firstToken;
    }

    /** Seconds of a whole answer, divided by its tokens where these are told. */
    Latencies perToken() {
        return perToken;
    }

    /** The cooldown that runs now, null if none does. */
    @Nullable Cooldown cooldown(long now) {
        Cooldown last = cooldown;
        return last != null && last.runs(now) ? last : null;
    }

    /** How many cooldowns there have been. */
    long cooldowns() {
        return cooldowns;
    }

    void succeeded(long askedAt) {
        if (suspect) {
            clear(askedAt);
        }
    }

    private synchronized void clear(long askedAt) {
        Cooldown last = cooldown;
        if (last == null || askedAt - last.since() >= 0) {
            any.end();
            ofKind.clear();
            unproven = 0;
            suspect = false;
        }
    }

    /**
     * How long it is left alone from now on, null unless this failure began a cooldown or made it
     * longer.
     */
    @Nullable Duration failed(
            Deployment deployment, Cooling cooling, Failure failure, long askedAt, long now) {
        if (cooling != Cooling.NONE) {
            firstToken.failed(now);
            perToken.failed(now);
        }
        boolean counts = cooling != Cooling.NONE || allowed(failure) != null;
        return counts && !off(deployment)
                ? remember(deployment, cooling, failure, askedAt, now)
                : null;
    }

    private boolean off(Deployment deployment) {
        Duration own = deployment.cooldown();
        return !rules.time().isPositive() || (own != null && !own.isPositive());
    }

    private synchronized @Nullable Duration remember(
            Deployment deployment, Cooling cooling, Failure failure, long askedAt, long now) {
        suspect = true;
        Duration wait = wait(failure);
        Cooldown last = cooldown;
        int step = step(last, askedAt, now);
        boolean atOnce = step > 0 || (wait != null && allowed(failure) == null);
        if (!atOnce && (cooldown(now) != null || !countsOut(cooling, failure, now))) {
            return null;
        }
        cooldowns = cooldown(now) == null ? cooldowns + 1 : cooldowns;
        unproven = Math.max(1, step);
        any.end();
        ofKind.clear();
        Cooldown next = longer(last, now, span(deployment, cooling, wait), wait, failure);
        cooldown = next;
        boolean same = last != null && last.runs(now) && next.ends() - last.ends() <= 0;
        return same ? null : Duration.ofNanos(next.ends() - now);
    }

    /**
     * The how manieth cooldown in a row this failure brings, 0 if it does not follow upon the last
     * one.
     */
    private int step(@Nullable Cooldown last, long askedAt, long now) {
        if (last == null || unproven == 0 || now - last.ends() >= PROBATION) {
            return 0;
        }
        if (askedAt - last.since() < 0) {
            return 0;
        }
        return askedAt - last.ends() >= 0 ? unproven + 1 : unproven;
    }

    private static @Nullable Duration wait(Failure failure) {
        Duration hint = Treatment.waitHint(failure);
        return hint != null && hint.isPositive() ? hint : null;
    }

    /** Counts this failure; true if it is one too many. */
    private boolean countsOut(Cooling cooling, Failure failure, long now) {
        Integer own = allowed(failure);
        if (own != null) {
            ErrorKind kind = Objects.requireNonNull(ErrorKind.of(failure));
            return ofKind.computeIfAbsent(kind, k -> new Streak(own)).add(now);
        }
        boolean tooMany = any.add(now);
        return tooMany || (rules.allowed().any() == null && cooling != Cooling.COUNTED);
    }

    /** How many of just this kind are let pass, null where nothing was said. */
    private @Nullable Integer allowed(Failure failure) {
        ErrorKind kind = ErrorKind.of(failure);
        return kind == null ? null : rules.allowed().byKind().get(kind);
    }

    private Duration span(Deployment deployment, Cooling cooling, @Nullable Duration wait) {
        Duration own = deployment.cooldown();
        if (own != null) {
            return own;
        }
        if (wait != null) {
            return wait;
        }
        Duration base = rules.time();
        Duration most = base.compareTo(LONG) > 0 ? base : LONG;
        if (cooling == Cooling.LONG) {
            return most;
        }
        Duration span = base;
        for (int i = 1; i < unproven && span.compareTo(most) < 0; i++) {
            span = span.multipliedBy(GROWTH);
        }
        return span.compareTo(most) < 0 ? span : most;
    }

    private static Cooldown longer(
            @Nullable Cooldown last,
            long now,
            Duration span,
            @Nullable Duration wait,
            Failure failure) {
        long ends = now + span.toNanos();
        long waitEnds = wait == null ? now : Math.min(ends, now + wait.toNanos());
        if (last == null || !last.runs(now)) {
            return new Cooldown(now, ends, waitEnds, failure);
        }
        boolean lastWaitsLonger = last.waitEnds() - waitEnds > 0;
        return new Cooldown(
                now,
                last.ends() - ends > 0 ? last.ends() : ends,
                lastWaitsLonger ? last.waitEnds() : waitEnds,
                lastWaitsLonger ? last.failure() : failure);
    }
}
