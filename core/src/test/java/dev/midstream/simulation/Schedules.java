package dev.midstream.simulation;

import dev.midstream.model.Method;
import dev.midstream.model.SeamGrade;
import dev.midstream.routing.Clocks;
import dev.midstream.routing.HoldToolCalls;
import dev.midstream.routing.MidStream;
import dev.midstream.routing.Settings;
import dev.midstream.simulation.Schedule.Pace;
import dev.midstream.simulation.Schedule.Visit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Random schedules: the same seed gives the same one. */
final class Schedules {

    private static final Mishap.Kind[] KINDS = Mishap.Kind.values();
    private static final List<SeamGrade> SURE_GRADES = List.of(SeamGrade.ANCHORED, SeamGrade.EXACT);
    private static final Manner[] MANNERS = Manner.values();
    private static final List<List<Method>> METHODS =
            List.of(
                    List.of(Method.USER_TURN),
                    List.of(Method.PREFILL, Method.USER_TURN),
                    List.of(Method.PREFIX, Method.USER_TURN),
                    List.of(Method.CONTINUE_FINAL_MESSAGE),
                    List.of(Method.PARTIAL, Method.USER_TURN, Method.REPLAY),
                    List.of(Method.REPLAY));

    private final RandomGenerator random;
    private final long seed;

    private Schedules(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed ^ 0x5DEECE66DL);
    }

    static Schedule of(long seed) {
        return new Schedules(seed).schedule();
    }

    private Schedule schedule() {
        WholeAnswer answer = pick(Answers.ALL);
        boolean stream = random.nextInt(4) > 0;
        Settings settings = settings();
        return new Schedule(
                seed,
                answer,
                stream,
                answer.choices() == 1 && random.nextBoolean(),
                settings,
                groups(),
                pace(settings.maxHeld() == Settings.DEFAULTS.maxHeld()),
                visit(stream),
                oneIn(5) ? 2 + random.nextInt(3) : 1);
    }

    private Settings settings() {
        Settings d = Settings.DEFAULTS;
        return new Settings(
                oneIn(4) ? pick(MidStream.values()) : MidStream.CONTINUE,
                null,
                oneIn(3) ? "It broke off. Repeat ⟦{tail}⟧ and go on." : null,
                oneIn(3) ? random.nextInt(4) : 3,
                oneIn(8) ? pick(SURE_GRADES) : SeamGrade.OVERLAPPING,
                oneIn(3) ? pick(HoldToolCalls.values()) : HoldToolCalls.AUTO,
                oneIn(4) ? Duration.ofMillis(random.nextInt(2000)) : d.commitAfter(),
                oneIn(4) ? Duration.ofMillis(500 + random.nextInt(2000)) : d.heartbeatInterval(),
                random.nextInt(4),
                random.nextInt(3),
                oneIn(5) ? 1 + random.nextInt(4) : null,
                oneIn(8) ? 1 + random.nextInt(30) : d.maxHeld(),
                oneIn(10) ? random.nextInt(200) : d.maxTranscript(),
                !oneIn(8),
                oneIn(6),
                random.nextBoolean(),
                false,
                d.requestTimeout(),
                clocks(),
                Clocks.UNSET);
    }

    private Clocks clocks() {
        Duration firstToken = Duration.ofSeconds(5 + random.nextInt(100));
        Duration idle = Duration.ofSeconds(5 + random.nextInt(100));
        return oneIn(3)
                ? new Clocks(null, firstToken, idle, null, null)
                : new Clocks(null, Duration.ofMinutes(2), null, null, null);
    }

    private List<List<SimDeployment>> groups() {
        List<List<SimDeployment>> groups = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int group = 0; group < count; group++) {
            List<SimDeployment> deployments = new ArrayList<>();
            int size = 1 + random.nextInt(2);
            for (int i = 0; i < size; i++) {
                deployments.add(deployment(group, i));
            }
            groups.add(deployments);
        }
        return groups;
    }

    private SimDeployment deployment(int group, int index) {
        return new SimDeployment(
                "d" + group + index,
                Schedule.groupName(group),
                pick(METHODS),
                random.nextBoolean() ? Manner.OBEYS : pick(MANNERS),
                mishaps(group == 0 && index == 0),
                oneIn(6));
    }

    private List<Mishap> mishaps(boolean first) {
        List<Mishap> mishaps = new ArrayList<>();
        int most = first ? 3 : 2;
        int count = first && !oneIn(20) ? 1 + random.nextInt(most) : random.nextInt(most + 1);
        for (int i = 0; i < count; i++) {
            mishaps.add(mishap());
        }
        return mishaps;
    }

    private Mishap mishap() {
        Mishap.Kind kind = oneIn(2) ? Mishap.Kind.CUT : pick(KINDS);
        int after = random.nextInt(oneIn(2) ? 8 : 40);
        boolean waits = kind == Mishap.Kind.STATUS_429 && random.nextBoolean();
        Duration wait = Duration.ofSeconds(oneIn(3) ? 90 : random.nextInt(20));
        return new Mishap(kind, after, waits ? wait : null);
    }

    /** What comes in turns may have to wait, however little may be held. */
    private Pace pace(boolean ample) {
        if (oneIn(3)) {
            return new Pace(Duration.ofMillis(50), 24, false, false);
        }
        Duration gap = oneIn(5) ? Duration.ofSeconds(4) : Duration.ofMillis(1 + random.nextInt(80));
        return new Pace(gap, 1 + random.nextInt(60), random.nextBoolean(), ample && oneIn(3));
    }

    private Visit visit(boolean stream) {
        int leaves = oneIn(8) ? random.nextInt(60) : -1;
        int stops = stream && oneIn(5) ? random.nextInt(40) : -1;
        Duration stopsFor = Duration.ofSeconds(1 + random.nextInt(400));
        Duration decision = oneIn(6) ? Duration.ofMillis(random.nextInt(5000)) : Duration.ZERO;
        int givesUp = oneIn(30) ? random.nextInt(3) : -1;
        return new Visit(leaves, stops, stopsFor, decision, givesUp, oneIn(4));
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private <T> T pick(T[] of) {
        return of[random.nextInt(of.length)];
    }
}
