package dev.midstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.BlockKind;
import dev.midstream.model.Method;
import dev.midstream.routing.HoldToolCalls;
import dev.midstream.routing.MidStream;
import dev.midstream.routing.Settings;
import dev.midstream.routing.SettingsWith;
import dev.midstream.simulation.Schedule.Pace;
import dev.midstream.simulation.Schedule.Visit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each answer, killed at each of its events by each kind of failure: the client gets the whole
 * answer wherever somebody is left who can go on, else the first failure; the judge sees to both.
 */
@Execution(ExecutionMode.CONCURRENT)
class EveryStreamKilledAtEveryEventTest {

    private static final long SEED = 7;
    private static final List<Method> USER_TURN = List.of(Method.USER_TURN);
    private static final List<Method> PREFILL = List.of(Method.PREFILL, Method.USER_TURN);
    private static final List<Method> REPLAY = List.of(Method.REPLAY);
    private static final List<Mishap.Kind> KINDS =
            Arrays.stream(Mishap.Kind.values()).filter(k -> k != Mishap.Kind.NONE).toList();

    static List<WholeAnswer> answers() {
        return Answers.ALL;
    }

    /** What is configured beside the answer and its disaster. */
    private record Setup(
            WholeAnswer answer,
            boolean stream,
            boolean inOrder,
            List<Method> methods,
            Settings settings,
            boolean fallback) {

        Schedule killed(Mishap mishap) {
            return deployments(
                    deployment("primary", 0, Manner.OBEYS, mishap),
                    deployment("fallback", 1, Manner.OBEYS, Mishap.NONE));
        }

        SimDeployment deployment(String id, int group, Manner manner, Mishap mishap) {
            return new SimDeployment(
                    id, Schedule.groupName(group), methods, manner, List.of(mishap), false);
        }

        Schedule deployments(SimDeployment primary, SimDeployment... others) {
            List<List<SimDeployment>> groups = new ArrayList<>();
            groups.add(List.of(primary));
            for (SimDeployment other : fallback ? others : new SimDeployment[0]) {
                groups.add(List.of(other));
            }
            int piece = Math.max(6, answer.text().length() / 5);
            return new Schedule(
                    SEED,
                    answer,
                    stream,
                    inOrder,
                    settings,
                    groups,
                    new Pace(Duration.ofMillis(20), piece, false, false),
                    Visit.PATIENT,
                    1);
        }

        int events() {
            return World.play(killed(Mishap.NONE), Engine::relay).events();
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void byEveryKindOfFailure(WholeAnswer answer) {
        for (MidStream midStream : MidStream.values()) {
            for (int retries = 0; retries <= 2; retries++) {
                Settings settings = settings(midStream, retries, HoldToolCalls.AUTO);
                for (boolean stream : new boolean[] {true, false}) {
                    for (boolean fallback : new boolean[] {true, false}) {
                        Setup setup =
                                new Setup(answer, stream, false, USER_TURN, settings, fallback);
                        killEverywhere(setup, KINDS);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void forEachMethodOfContinuation(WholeAnswer answer) {
        List<Mishap.Kind> kinds =
                List.of(Mishap.Kind.CUT, Mishap.Kind.TRUNCATED, Mishap.Kind.IN_BAND_OVERLOADED);
        for (Method method : Method.values()) {
            if (method.prefill() || method == Method.REPLAY) {
                List<Method> methods = List.of(method, Method.USER_TURN);
                Settings settings = settings(MidStream.CONTINUE, 1, HoldToolCalls.AUTO);
                for (boolean fallback : new boolean[] {true, false}) {
                    killEverywhere(
                            new Setup(
                                    answer,
                                    true,
                                    answer.choices() == 1,
                                    methods,
                                    settings,
                                    fallback),
                            kinds);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void whetherToolCallsAreHeldOrNot(WholeAnswer answer) {
        if (answer.hasCalls()) {
            for (HoldToolCalls hold : HoldToolCalls.values()) {
                for (boolean inOrder : new boolean[] {true, false}) {
                    Settings settings = settings(MidStream.CONTINUE, 1, hold);
                    killEverywhere(
                            new Setup(answer, true, inOrder, PREFILL, settings, true), KINDS);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void whateverTheNextModelMakesOfIt(WholeAnswer answer) {
        Settings settings = settings(MidStream.CONTINUE, 0, HoldToolCalls.AUTO);
        for (List<Method> methods : List.of(USER_TURN, PREFILL, REPLAY)) {
            Setup setup = new Setup(answer, true, false, methods, settings, true);
            int events = setup.events();
            for (Manner manner : Manner.values()) {
                for (int after = 0; after <= events; after++) {
                    Mishap cut = Mishap.of(Mishap.Kind.CUT, after);
                    Schedule schedule =
                            setup.deployments(
                                    setup.deployment("primary", 0, Manner.OBEYS, cut),
                                    setup.deployment("second", 1, manner, Mishap.NONE),
                                    setup.deployment("third", 2, Manner.OBEYS, Mishap.NONE));
                    play(schedule);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void andOnceMoreAtEveryEventOfTheContinuation(WholeAnswer answer) {
        Settings settings = settings(MidStream.CONTINUE, 1, HoldToolCalls.AUTO);
        for (List<Method> methods : List.of(USER_TURN, PREFILL, REPLAY)) {
            Setup setup = new Setup(answer, true, false, methods, settings, true);
            int events = setup.events();
            for (int first = 0; first <= events; first++) {
                for (int second = 0; second <= events; second++) {
                    Mishap cut = Mishap.of(Mishap.Kind.CUT, first);
                    Mishap again = Mishap.of(Mishap.Kind.CUT, second);
                    play(
                            setup.deployments(
                                    setup.deployment("primary", 0, Manner.OBEYS, cut),
                                    setup.deployment("second", 1, Manner.OBEYS, again)));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void isWholeInTheEndWhereverACutFallsAndAFallbackIsThere(WholeAnswer answer) {
        Settings settings = settings(MidStream.CONTINUE, 0, HoldToolCalls.AUTO);
        Setup setup = new Setup(answer, true, false, USER_TURN, settings, true);
        int events = setup.events();
        for (int after = 0; after <= events && continuable(answer); after++) {
            Schedule schedule = setup.killed(Mishap.of(Mishap.Kind.CUT, after));
            assertThat(World.play(schedule, Engine::relay).whole()).as("cut @%d", after).isTrue();
        }
    }

    private static boolean continuable(WholeAnswer answer) {
        return answer.choices() == 1
                && answer.pieces().stream()
                        .noneMatch(
                                piece ->
                                        piece.kind() == BlockKind.OPAQUE
                                                || piece.kind() == BlockKind.REFUSAL);
    }

    private static Settings settings(MidStream midStream, int retries, HoldToolCalls hold) {
        return new SettingsWith(Settings.DEFAULTS)
                .midStream(midStream)
                .retries(retries)
                .hold(hold)
                .settings();
    }

    private static void killEverywhere(Setup setup, List<Mishap.Kind> kinds) {
        int events = setup.events();
        for (Mishap.Kind kind : kinds) {
            int places = kind.beforeHead() || kind == Mishap.Kind.BROKEN_CALL ? 0 : events;
            for (int after = 0; after <= places; after++) {
                play(setup.killed(Mishap.of(kind, after)));
            }
        }
    }

    private static void play(Schedule schedule) {
        World.play(schedule, Engine::relay);
    }
}
