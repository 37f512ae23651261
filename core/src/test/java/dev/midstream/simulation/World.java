package dev.midstream.simulation;

import dev.midstream.model.Failure;
import dev.midstream.model.Frame;
import dev.midstream.model.SeamGrade;
import dev.midstream.relay.Decision;
import dev.midstream.relay.DecisionPoint;
import dev.midstream.relay.Step;
import dev.midstream.routing.DeploymentState;
import dev.midstream.routing.Fleet;
import dev.midstream.routing.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Plays one schedule: time moves by hand from one happening to the next, upstreams speak, the
 * client takes, stops, leaves, and the engine's steps are carried out as a driver would.
 */
final class World {

    private static final long NEVER = Long.MAX_VALUE;
    private static final int MOST_INPUTS = 20_000;
    private static final long BREAK = Duration.ofSeconds(40).toNanos();
    private static final Duration QUICK = Duration.ofMillis(100);

    private final Schedule schedule;
    private final RandomGenerator random;
    private final Map<String, SimDeployment> deployments = new HashMap<>();
    private final List<Upstream> upstreams = new ArrayList<>();
    private final byte[] buffer = new byte[2048];
    private final Past past;
    private final Engine engine;
    private final Judge judge;
    private final Whims whims;

    private long now;
    private long wakeIn = NEVER;
    private long decideIn = NEVER;
    private long resumeIn = NEVER;
    private boolean writable = true;
    private boolean committed;
    private boolean gone;
    private boolean stopped;
    private boolean stale;
    private int inputs;
    private int decisions;
    private @Nullable DecisionPoint point;
    private int letThrough;

    private World(Schedule schedule, Engine.Maker maker, Past past, RandomGenerator random) {
        this.schedule = schedule;
        this.random = random;
        this.past = past;
        this.now = past.now;
        for (List<SimDeployment> group : schedule.groups()) {
            group.forEach(d -> deployments.put(d.id(), d));
        }
        Fleet fleet = past.fleet;
        Plan plan =
                fleet.plan(
                        fleet.group(Schedule.groupName(0)).orElseThrow(),
                        schedule.settings(),
                        new SplittableRandom(schedule.seed() + 1));
        this.engine = maker.make(schedule, plan, past.memory);
        this.judge = new Judge(schedule, past);
        this.whims = new Whims(random);
    }

    /**
     * How a run went that broke no rule.
     *
     * @param events how many events the first attempt would have sent if nothing had gone wrong
     */
    record Played(Step last, int attempts, int events) {
        boolean whole() {
            return last instanceof Step.Finish;
        }
    }

    /**
     * Plays the schedule to its end.
     *
     * @throws Violation if the engine broke a rule
     */
    static Played play(Schedule schedule, Engine.Maker maker) {
        RandomGenerator random = new SplittableRandom(schedule.seed());
        Past past = new Past(schedule, random);
        Played played = null;
        for (int request = 0; request < schedule.requests(); request++) {
            World world = new World(schedule, maker, past, random);
            played = world.play();
            past.requestEnds(world.now + random.nextLong(BREAK));
        }
        return Objects.requireNonNull(played);
    }

    private Played play() {
        try {
            run();
            int events = upstreams.isEmpty() ? 0 : upstreams.get(0).events();
            return new Played(judge.last(), upstreams.size(), events);
        } catch (Violation violation) {
            throw new Violation(
                    "%s%n  seen so far: %s%n  %s"
                            .formatted(violation.getMessage(), judge, schedule));
        }
    }

    private void run() {
        input(engine.begin(now));
        while (!judge.over()) {
            Violation.unless(inputs < MOST_INPUTS, "runs in circles");
            happen();
        }
        for (DeploymentState state : past.fleet.snapshot(now)) {
            Violation.unless(state.inFlight() == 0, "still counted in flight: " + state);
        }
        silence();
    }

    /** After the last step every input gives nothing. */
    private void silence() {
        for (Upstream upstream : upstreams) {
            int attempt = upstream.tried.start.attempt();
            expectNothing(engine.ended(attempt, new Failure.Cut(true, "late"), now));
        }
        expectNothing(engine.wake(now));
        expectNothing(engine.decided(new Decision.Proceed(), now));
        expectNothing(engine.writable(true, now));
        expectNothing(engine.clientGone(now));
    }

    private static void expectNothing(List<Step> steps) {
        Violation.unless(steps.isEmpty(), "after the last step: " + steps);
    }

    // ---- what happens next

    private void happen() {
        Upstream next = nextUpstream();
        long upstreamIn = next == null ? NEVER : Math.max(0, next.nextAt() - now);
        long first = Math.min(Math.min(upstreamIn, wakeIn), Math.min(decideIn, resumeIn));
        Violation.unless(first != NEVER, "waits for nothing, for ever");
        pass(first);
        if (leavesNow()) {
            leave();
        } else if (stopsNow()) {
            stop();
        } else if (first == upstreamIn && next != null) {
            beat(next);
        } else if (resumeIn == 0) {
            resume();
        } else if (decideIn == 0) {
            decide();
        } else {
            wake();
        }
    }

    private void pass(long nanos) {
        now += nanos;
        wakeIn = wakeIn == NEVER ? NEVER : wakeIn - nanos;
        decideIn = decideIn == NEVER ? NEVER : decideIn - nanos;
        resumeIn = resumeIn == NEVER ? NEVER : resumeIn - nanos;
        judge.inputBegins(now);
    }

    private @Nullable Upstream nextUpstream() {
        Upstream next = null;
        for (Upstream upstream : upstreams) {
            boolean heard = upstream.speaks() && (writable || letThrough > 0);
            if (heard && (next == null || upstream.nextAt() - next.nextAt() < 0)) {
                next = upstream;
            }
        }
        return next;
    }

    private boolean leavesNow() {
        int after = schedule.visit().leavesAfter();
        return after >= 0 && inputs > after && !gone;
    }

    private boolean stopsNow() {
        int after = schedule.visit().stopsReadingAfter();
        return after >= 0 && inputs > after && committed && !stopped;
    }

    private void leave() {
        gone = true;
        judge.clientLeaves();
        input(engine.clientGone(now));
    }

    private void stop() {
        writable = false;
        stopped = true;
        letThrough = random.nextInt(3);
        resumeIn = Math.max(1, schedule.visit().stopsFor().toNanos());
        judge.writable(false);
        input(engine.writable(false, now));
    }

    private void resume() {
        writable = true;
        resumeIn = NEVER;
        judge.writable(true);
        input(engine.writable(true, now));
    }

    private void decide() {
        decideIn = NEVER;
        Decision decision = decision();
        judge.decided(decision);
        input(engine.decided(decision, now));
    }

    private Decision decision() {
        if (decisions++ == schedule.visit().givesUpAt()) {
            return new Decision.GiveUp();
        }
        return schedule.visit().capricious()
                ? whims.decide(Objects.requireNonNull(point))
                : new Decision.Proceed();
    }

    private void wake() {
        wakeIn = NEVER;
        input(engine.wake(now));
    }

    private void beat(Upstream upstream) {
        Tried tried = upstream.tried;
        int attempt = tried.start.attempt();
        letThrough -= writable ? 0 : 1;
        stale = !tried.runs();
        switch (upstream.next(now)) {
            case Upstream.Beat.Head head -> {
                judge.answering(tried);
                input(engine.answering(attempt, now));
            }
            case Upstream.Beat.Events events -> {
                Frame frame = Upstream.frame(events.events(), buffer, random);
                judge.given(tried, events.events());
                input(engine.frame(attempt, frame, now));
                Arrays.fill(buffer, (byte) '#');
            }
            case Upstream.Beat.End end -> {
                judge.givenEnd(tried, end.failure());
                input(engine.ended(attempt, end.failure(), now));
            }
        }
        stale = false;
    }

    // ---- what the engine wants

    private void input(List<Step> steps) {
        inputs++;
        for (Step step : List.copyOf(steps)) {
            carryOut(step);
        }
        judge.inputEnds();
    }

    private void carryOut(Step step) {
        Violation.unless(
                !stale || step instanceof Step.WakeAt, "heeds an attempt that is over: " + step);
        switch (step) {
            case Step.Start start -> start(start);
            case Step.WakeAt wake -> wakeIn = Math.max(0, wake.nanos() - now);
            case Step.Decide decide -> {
                decideIn = schedule.visit().decisionTakes().toNanos();
                point = decide.point();
                judge.step(step);
            }
            case Step.Commit commit -> {
                committed = true;
                judge.step(step);
            }
            default -> judge.step(step);
        }
    }

    /** Whether the time for which a seam may be held is enough for its proof. */
    private boolean quick(Mishap mishap) {
        return schedule.pace().longestGap().compareTo(QUICK) <= 0
                && schedule.visit().stopsReadingAfter() < 0
                && mishap.kind() != Mishap.Kind.STALL
                && mishap.kind() != Mishap.Kind.PINGS_ONLY;
    }

    private void start(Step.Start start) {
        SimDeployment deployment = deployments.get(start.deployment().id());
        Mishap mishap = deployment.mishap(past.asks.merge(deployment.id(), 1, Integer::sum) - 1);
        Utterance said =
                SimModel.say(
                        schedule.answer(),
                        deployment,
                        start.draft(),
                        random,
                        schedule.settings().minSeam() == SeamGrade.EXACT,
                        quick(mishap));
        Tried tried = new Tried(start, deployment, mishap, said, judge.clientText(), now);
        judge.started(tried);
        upstreams.add(new Upstream(schedule, tried, random, now));
    }
}
