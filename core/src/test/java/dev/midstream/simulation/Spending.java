package dev.midstream.simulation;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import dev.midstream.model.Method;
import dev.midstream.routing.MidStream;
import dev.midstream.routing.Settings;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The budget of one request, by the book: who may be asked, and who surely is still left.
 *
 * <p>A retry is an attempt in a group that was asked before, a fallback the first one in another
 * group, a continuation one that goes on from delivered text. Asking a deployment otherwise,
 * because it refused our way of asking, is an attempt and nothing else. Where the book leaves open
 * whether something counts, it counts here when somebody is said to be left, and does not when an
 * attempt is said to be too many.
 */
final class Spending {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Settings settings;
    private final List<List<SimDeployment>> groups;
    private final Map<String, Integer> asks = new HashMap<>();
    private final Past past;
    private final Set<String> askedGroups = new HashSet<>();
    private final Set<String> closed = new HashSet<>();
    private final Set<String> longWaits = new HashSet<>();
    private boolean over;
    private MidStream mode;
    private int attempts;
    private int retries;
    private int perhapsRetries;
    private int fallbacks;
    private int continuations;
    private int perhapsContinuations;
    private boolean countedLast;

    Spending(Schedule schedule, Past past) {
        this.past = past;
        settings = schedule.settings();
        groups = schedule.groups();
        mode = settings.midStream();
    }

    /** From now on breaks are recovered in this way. */
    void by(MidStream chosen) {
        mode = chosen;
    }

    int asks(SimDeployment deployment) {
        return asks.getOrDefault(deployment.id(), 0);
    }

    /**
     * An attempt is made: is it one too many, or at the wrong door?
     *
     * @param otherwise whether it only asks otherwise
     * @param named whether it was decided whom to ask
     */
    void ask(
            SimDeployment d,
            Method method,
            boolean otherwise,
            boolean named,
            boolean goesOn,
            long now) {
        Violation.unless(!over && !closed.contains(d.id()), d.id() + " had shut us out for good");
        Violation.unless(
                !refused(d).contains(method), d.id() + " had refused to be asked by " + method);
        Violation.unless(!waits(d, now), d.id() + " had asked to wait");
        countedLast = false;
        if (!otherwise) {
            if (!named) {
                insistOnOrder(d, goesOn, now);
            }
            count(d, method, goesOn);
        }
        perhapsRetries += askedGroups.contains(d.group()) ? 1 : 0;
        perhapsContinuations += goesOn ? 1 : 0;
        attempts++;
        asks.merge(d.id(), 1, Integer::sum);
        askedGroups.add(d.group());
        Violation.unless(attempts <= mostAttempts(), "more attempts than max_attempts");
        Violation.unless(retries <= settings.numRetries(), "more retries than num_retries");
        Violation.unless(fallbacks <= settings.maxFallbacks(), "more than max_fallbacks");
        Violation.unless(
                continuations <= settings.maxContinuations(), "more than max_continuations");
    }

    private void count(SimDeployment d, Method method, boolean goesOn) {
        boolean own = d.group().equals(Schedule.groupName(0));
        if (askedGroups.contains(d.group())) {
            retries++;
        } else if (!own) {
            fallbacks++;
            Violation.unless(!settings.disableFallbacks(), "a fallback where these are off");
        }
        countedLast = goesOn && method != Method.ORIGINAL && method != Method.RESTART;
        continuations += countedLast ? 1 : 0;
    }

    /**
     * Who failed waits until nobody else is left; the group asked for comes before its fallbacks.
     */
    private void insistOnOrder(SimDeployment d, boolean goesOn, long now) {
        for (List<SimDeployment> group : groups) {
            for (SimDeployment other : group) {
                boolean before =
                        asks(other) == 0
                                && !past.failedBefore.contains(other.id())
                                && !other.id().equals(d.id())
                                && (asks(d) > 0 || other.group().compareTo(d.group()) < 0);
                Violation.unless(
                        !before || !surelyLeft(other, goesOn, now),
                        "asked %s while %s had not been asked".formatted(d.id(), other.id()));
            }
        }
    }

    void failed(SimDeployment d, Method method, Failure failure, long now) {
        past.failedNow.add(d.id());
        if (failure instanceof Failure.SeamRejected && method.prefill()) {
            past.ignored.computeIfAbsent(d.id(), id -> EnumSet.noneOf(Method.class)).add(method);
            continuations -= countedLast ? 1 : 0;
        }
        if (!(failure instanceof Failure.Refused refusal)) {
            return;
        }
        ErrorClass kind = refusal.error().errorClass();
        if (kind == ErrorClass.PREFILL_REFUSED) {
            refused(d).add(method);
            continuations -= countedLast ? 1 : 0;
        } else if (kind == ErrorClass.BAD_REQUEST) {
            groups.forEach(group -> closeIf(group, d.group()));
        } else if (kind == ErrorClass.AUTHENTICATION) {
            closed.add(d.id());
        } else if (kind == ErrorClass.CONTENT_POLICY) {
            over = true;
        }
        Duration wait = refusal.error().retryAfter();
        if (wait != null) {
            past.notBefore.merge(d.id(), now + wait.toNanos(), Math::max);
            if (wait.compareTo(PATIENCE) > 0) {
                longWaits.add(d.id());
            }
        }
    }

    private void closeIf(List<SimDeployment> group, String name) {
        group.stream().filter(d -> d.group().equals(name)).forEach(d -> closed.add(d.id()));
    }

    /** Whether anybody is left who could be asked. */
    boolean anybodyLeft(boolean goesOn, long now) {
        return groups.stream().flatMap(List::stream).anyMatch(d -> surelyLeft(d, goesOn, now));
    }

    /** Whether everybody has asked to be left alone for now. */
    boolean everybodyWaits(long now) {
        boolean own = settings.disableFallbacks() || settings.maxFallbacks() == 0;
        List<List<SimDeployment>> open = own ? groups.subList(0, 1) : groups;
        return open.stream().flatMap(List::stream).allMatch(d -> waits(d, now));
    }

    private boolean waits(SimDeployment d, long now) {
        Long until = past.notBefore.get(d.id());
        return until != null && now - until < 0;
    }

    /** Whether nobody is left however one counts. */
    boolean surelyNobodyLeft() {
        if (!askedGroups.contains(Schedule.groupName(0))) {
            return over || !attemptsLeft();
        }
        boolean groupsLeft =
                groups.stream()
                        .flatMap(List::stream)
                        .anyMatch(d -> !askedGroups.contains(d.group()));
        boolean fallbackLeft =
                groupsLeft && !settings.disableFallbacks() && fallbacks < settings.maxFallbacks();
        boolean retryLeft = retries < settings.numRetries();
        return over || !attemptsLeft() || !(fallbackLeft || retryLeft);
    }

    String whoIsLeft(boolean goesOn, long now) {
        return groups.stream()
                .flatMap(List::stream)
                .filter(d -> surelyLeft(d, goesOn, now))
                .map(SimDeployment::id)
                .toList()
                .toString();
    }

    private boolean surelyLeft(SimDeployment d, boolean goesOn, long now) {
        if (past.failedBefore.contains(d.id()) && waits(d, now)) {
            return false;
        }
        if (over
                || closed.contains(d.id())
                || longWaits.contains(d.id())
                || attempts >= mostAttempts()) {
            return false;
        }
        if (goesOn
                && (perhapsContinuations >= settings.maxContinuations() || !surelyHasMethod(d))) {
            return false;
        }
        if (askedGroups.contains(d.group())) {
            return perhapsRetries < settings.numRetries();
        }
        return d.group().equals(Schedule.groupName(0))
                || (!settings.disableFallbacks() && fallbacks < settings.maxFallbacks());
    }

    boolean hasMethod(SimDeployment d) {
        return mode == MidStream.RESTART
                || d.methods().stream().anyMatch(method -> !refused(d).contains(method));
    }

    /** Without those that it may have taken for something else. */
    private boolean surelyHasMethod(SimDeployment d) {
        EnumSet<Method> out = past.ignored.getOrDefault(d.id(), EnumSet.noneOf(Method.class));
        return mode == MidStream.RESTART
                || d.methods().stream().anyMatch(m -> !refused(d).contains(m) && !out.contains(m));
    }

    private int mostAttempts() {
        Integer most = settings.maxAttempts();
        return most != null ? most : 1 + settings.numRetries() + settings.maxFallbacks();
    }

    private boolean attemptsLeft() {
        return attempts < mostAttempts();
    }

    private EnumSet<Method> refused(SimDeployment d) {
        return past.refused.computeIfAbsent(d.id(), id -> EnumSet.noneOf(Method.class));
    }
}
