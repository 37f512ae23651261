package dev.midstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Failure;
import dev.midstream.model.Frame;
import dev.midstream.model.ReasoningRequest;
import dev.midstream.model.StreamEvent;
import dev.midstream.protocol.ErrorReport;
import dev.midstream.relay.Decision;
import dev.midstream.relay.Notice;
import dev.midstream.relay.Relay;
import dev.midstream.relay.Step;
import dev.midstream.routing.Fleet;
import dev.midstream.routing.HoldToolCalls;
import dev.midstream.routing.MidStream;
import dev.midstream.routing.Plan;
import dev.midstream.routing.Settings;
import dev.midstream.routing.SettingsWith;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A judge that never objects is worth nothing: relays that are broken in one way each are found
 * out.
 */
class JudgeObjectsToBrokenRelaysTest {

    private static final long SEED = 500_000;
    private static final int SCHEDULES = 4000;

    // ---- what the client sees

    @Test
    void aDeltaThatGotLost() {
        assertFound(text(delta -> null), "text was held or altered", "the text differs");
    }

    @Test
    void aDeltaThatCameTwice() {
        Engine.Maker broken = releases(step -> List.of(step, step));
        assertFound(broken, "twice", "altered", "not an open block", "differs");
    }

    @Test
    void aCharacterThatChanged() {
        assertFound(
                text(
                        delta ->
                                new StreamEvent.Delta(
                                        delta.block(), "?" + delta.text().substring(1))),
                "altered",
                "differs");
    }

    @Test
    void framesThatAreKeptWithoutACopy() {
        Engine.Maker broken =
                (schedule, plan, memory) ->
                        new KeepsWithoutACopy(
                                Engine.relay(schedule, plan, memory), new HashMap<>());
        assertFound(broken, "bytes are not its own");
    }

    @Test
    void anAnswerWithoutItsOpening() {
        assertFound(
                events(event -> event instanceof StreamEvent.Opened ? null : event),
                "before the opening");
    }

    @Test
    void aBlockThatIsNeverEnded() {
        assertFound(
                events(event -> event instanceof StreamEvent.BlockEnded ? null : event),
                "ended before its block",
                "before the block before it ended",
                "second text block");
    }

    @Test
    void anEndThatDoesNotComeThrough() {
        assertFound(
                events(event -> event instanceof StreamEvent.ChoiceEnded ? null : event),
                "choices that have not ended");
    }

    @Test
    void anAnswerThatIsNeverCommitted() {
        assertFound(
                steps(step -> step instanceof Step.Commit ? null : step),
                "before the commit",
                "no commit");
    }

    @Test
    void silenceInsteadOfHeartbeats() {
        assertFound(
                steps(step -> step instanceof Step.Heartbeat ? null : step),
                "longer than heartbeat_interval");
    }

    @Test
    void aToolCallThatLeavesInPieces() {
        assertFound(relay(JudgeObjectsToBrokenRelaysTest::holdingNothing), "was not held");
    }

    // ---- ends

    @Test
    void anErrorThatIsSwallowed() {
        Engine.Maker broken =
                steps(
                        step ->
                                step instanceof Step.Fail fail
                                        ? new Step.Finish(fail.summary().usage(), fail.summary())
                                        : step);
        assertFound(broken, "not ended", "no upstream gave", "without");
    }

    @Test
    void anEndThatNeverComes() {
        Engine.Maker broken = steps(step -> step instanceof Step.Fail ? null : step);
        assertFound(broken, "for ever", "an hour", "circles", "heartbeat");
    }

    @Test
    void oneWhoGivesUpAtTheFirstFailure() {
        assertFound(
                (schedule, plan, memory) -> new GivesUp(Engine.relay(schedule, plan, memory)),
                "although somebody is left");
    }

    @Test
    void oneWhoNeverContinues() {
        assertFound(
                relay(JudgeObjectsToBrokenRelaysTest::erring),
                "although somebody is left",
                "was not held");
    }

    @Test
    void anErrorThatIsNotTheFirst() {
        Engine.Maker broken =
                steps(
                        step ->
                                step instanceof Step.Fail fail
                                        ? new Step.Fail(renamed(fail.report()), fail.summary())
                                        : step);
        assertFound(broken, "not the first failure");
    }

    // ---- attempts

    @Test
    void anAttemptTooMany() {
        assertFound(relay(JudgeObjectsToBrokenRelaysTest::spendthrift), "more ");
    }

    @Test
    void oneWhoStaysWhenTheClientHasLeft() {
        Engine.Maker broken =
                (schedule, plan, memory) -> new StaysOn(Engine.relay(schedule, plan, memory));
        assertFound(broken, "the client has left");
    }

    @Test
    void anAttemptThatIsLeftRunning() {
        assertFound(
                steps(step -> step instanceof Step.Cancel ? null : step), "left running", "beside");
    }

    @Test
    void anAttemptThatIsNotCountedOut() {
        Engine.Maker broken =
                (schedule, plan, memory) -> {
                    plan.next(0, deployment -> true);
                    return relay(settings -> settings).make(schedule, plan, memory);
                };
        assertFound(broken, "in flight");
    }

    @Test
    void oneWhoHeedsTheDead() {
        assertFound(
                (schedule, plan, memory) -> new HeedsTheDead(Engine.relay(schedule, plan, memory)),
                "over",
                "open block",
                "differs",
                "twice");
    }

    @Test
    void oneWhoIsImpatient() {
        assertFound(
                inSecret(relay(JudgeObjectsToBrokenRelaysTest::impatient)),
                "did well was cancelled");
    }

    @Test
    void oneWhoWaitsForEver() {
        assertFound(
                inSecret(relay(JudgeObjectsToBrokenRelaysTest::sleepy)),
                "no clock ended",
                "an hour");
    }

    @Test
    void timeLimitsThatNobodySet() {
        assertFound(relay(JudgeObjectsToBrokenRelaysTest::sleepy), "not the time limits");
    }

    // ---- what those who look on are told

    @Test
    void aFailureThatNobodyIsToldOf() {
        assertFound(
                untold(Notice.AttemptFailed.class),
                "a failure that was not told",
                "a cooldown before its failure");
    }

    @Test
    void aFirstTokenThatNobodyIsToldOf() {
        assertFound(untold(Notice.FirstToken.class), "before the first token was told");
    }

    @Test
    void aContinuationThatNobodyIsToldOf() {
        assertFound(untold(Notice.Continued.class), "before the continuation was told");
    }

    @Test
    void aCooldownThatNobodyIsToldOf() {
        assertFound(untold(Notice.CooledDown.class), "a cooldown that was not told");
    }

    @Test
    void noticesThatComeAfterTheFact() {
        UnaryOperator<List<Step>> late =
                steps -> {
                    List<Step> altered = new ArrayList<>(steps);
                    altered.removeIf(Step.Tell.class::isInstance);
                    steps.stream().filter(Step.Tell.class::isInstance).forEach(altered::add);
                    return altered;
                };
        assertFound(
                (schedule, plan, memory) ->
                        new Saboteur(Engine.relay(schedule, plan, memory), late),
                "told after it was shown",
                "that was not told before");
    }

    @Test
    void noticesThatComeTwice() {
        UnaryOperator<List<Step>> twice =
                steps ->
                        steps.stream()
                                .flatMap(
                                        step ->
                                                step instanceof Step.Tell
                                                        ? Stream.of(step, step)
                                                        : Stream.of(step))
                                .toList();
        assertFound(
                (schedule, plan, memory) ->
                        new Saboteur(Engine.relay(schedule, plan, memory), twice),
                "told twice");
    }

    @Test
    void oneWhoDoesNotHeedDecisions() {
        assertFound(
                (schedule, plan, memory) -> new Stubborn(Engine.relay(schedule, plan, memory)),
                "restart where and only where it is chosen",
                "although somebody is left",
                "continued where");
    }

    // ---- how they are broken

    private static Engine.Maker untold(Class<? extends Notice> kind) {
        return steps(
                step ->
                        step instanceof Step.Tell tell && kind.isInstance(tell.notice())
                                ? null
                                : step);
    }

    private static final class Stubborn extends Saboteur {
        Stubborn(Engine engine) {
            super(engine, steps -> steps);
        }

        @Override
        public List<Step> decided(Decision decision, long now) {
            return super.decided(new Decision.Proceed(), now);
        }
    }

    private static Settings holdingNothing(Settings s) {
        return new SettingsWith(s).hold(HoldToolCalls.NEVER).settings();
    }

    private static Settings erring(Settings s) {
        return new SettingsWith(s).midStream(MidStream.ERROR).settings();
    }

    private static Settings spendthrift(Settings s) {
        return new SettingsWith(s).budget(9).settings();
    }

    private static Settings impatient(Settings s) {
        return new SettingsWith(s).clocks(Duration.ofSeconds(1)).settings();
    }

    private static Settings sleepy(Settings s) {
        return new SettingsWith(s).clocks(Duration.ofHours(1)).settings();
    }

    private static ErrorReport renamed(ErrorReport r) {
        return new ErrorReport(
                r.status(),
                r.type(),
                r.code(),
                r.param(),
                r.message(),
                new Failure.Internal("bug"),
                r.delivered(),
                r.retryable(),
                r.retryAfter(),
                r.retried(),
                r.attempts());
    }

    /** Shows held frames on the bytes on which they came. */
    private static final class KeepsWithoutACopy extends Saboteur {
        private final Map<StreamEvent, Frame> came;

        KeepsWithoutACopy(Engine engine, Map<StreamEvent, Frame> came) {
            super(engine, steps -> steps.stream().map(step -> asItCame(step, came)).toList());
            this.came = came;
        }

        private static Step asItCame(Step step, Map<StreamEvent, Frame> came) {
            return step instanceof Step.ReleaseFrame release
                    ? new Step.ReleaseFrame(
                            came.getOrDefault(release.frame().event(0), release.frame()))
                    : step;
        }

        @Override
        public List<Step> frame(int attempt, Frame frame, long now) {
            came.put(frame.event(0), frame);
            return super.frame(attempt, frame, now);
        }
    }

    private static final class GivesUp extends Saboteur {
        GivesUp(Engine engine) {
            super(engine, steps -> steps);
        }

        @Override
        public List<Step> decided(Decision decision, long now) {
            return super.decided(new Decision.GiveUp(), now);
        }
    }

    private static final class StaysOn extends Saboteur {
        StaysOn(Engine engine) {
            super(engine, steps -> steps);
        }

        @Override
        public List<Step> clientGone(long now) {
            return List.of();
        }
    }

    private static final class HeedsTheDead extends Saboteur {
        private int latest = 1;

        HeedsTheDead(Engine engine) {
            super(engine, steps -> steps);
        }

        @Override
        public List<Step> answering(int attempt, long now) {
            latest = Math.max(latest, attempt);
            return super.answering(attempt, now);
        }

        @Override
        public List<Step> frame(int attempt, Frame frame, long now) {
            return super.frame(latest, frame, now);
        }
    }

    private static Engine.Maker relay(UnaryOperator<Settings> broken) {
        return (schedule, plan, memory) -> {
            Settings settings = broken.apply(schedule.settings());
            Fleet fleet = new Fleet(schedule.routerConfig());
            Plan other =
                    fleet.plan(
                            fleet.group(Schedule.groupName(0)).orElseThrow(),
                            settings,
                            new SplittableRandom(1));
            Engine engine =
                    new Engine.OfRelay(
                            new Relay(
                                    schedule.request(),
                                    settings,
                                    other,
                                    memory,
                                    schedule.blocksInOrder()));
            return Saboteur.each(engine, step -> coolsDown(step) ? null : step);
        };
    }

    /** Whether it tells of a cooldown: one in a fleet of its own is not the judge's. */
    private static boolean coolsDown(Step step) {
        return step instanceof Step.Tell tell && tell.notice() instanceof Notice.CooledDown;
    }

    /** Says that the time limits are those that were set. */
    private static Engine.Maker inSecret(Engine.Maker broken) {
        return (schedule, plan, memory) ->
                Saboteur.each(
                        broken.make(schedule, plan, memory),
                        step -> step instanceof Step.Start start ? asSet(schedule, start) : step);
    }

    private static Step.Start asSet(Schedule schedule, Step.Start start) {
        ReasoningRequest reasoning = schedule.request().reasoning();
        boolean thinks = reasoning != null && !start.draft().withoutReasoning();
        return new Step.Start(
                start.attempt(),
                start.deployment(),
                start.face(),
                start.group(),
                start.draft(),
                schedule.settings().clocks(start.deployment(), thinks));
    }

    private static Engine.Maker steps(UnaryOperator<@Nullable Step> alters) {
        return (schedule, plan, memory) ->
                Saboteur.each(Engine.relay(schedule, plan, memory), alters);
    }

    private static Engine.Maker releases(java.util.function.Function<Step, List<Step>> alters) {
        UnaryOperator<List<Step>> all =
                steps -> {
                    List<Step> altered = new ArrayList<>();
                    for (Step step : steps) {
                        boolean release = step instanceof Step.ReleaseFrame;
                        altered.addAll(release ? alters.apply(step) : List.of(step));
                    }
                    return altered;
                };
        return (schedule, plan, memory) -> new Saboteur(Engine.relay(schedule, plan, memory), all);
    }

    private static Engine.Maker events(UnaryOperator<@Nullable StreamEvent> alters) {
        return releases(
                step -> {
                    Frame frame = ((Step.ReleaseFrame) step).frame();
                    List<Step> altered = new ArrayList<>();
                    for (int i = 0; i < frame.size(); i++) {
                        StreamEvent event = alters.apply(frame.event(i));
                        if (event != null) {
                            altered.add(new Step.ReleaseEvent(event));
                        }
                    }
                    return altered;
                });
    }

    private static Engine.Maker text(UnaryOperator<StreamEvent.@Nullable Delta> alters) {
        return events(event -> event instanceof StreamEvent.Delta d ? alters.apply(d) : event);
    }

    private static void assertFound(Engine.Maker broken, String... words) {
        String found = null;
        for (long seed = SEED; found == null && seed < SEED + SCHEDULES; seed++) {
            found = objection(Schedules.of(seed), broken);
        }
        assertThat(found).as("what the judge objected to").isNotNull();
        assertThat(found.lines().findFirst().orElse("")).containsAnyOf(words);
    }

    /** A relay that crashes is not the judge's merit. */
    private static @Nullable String objection(Schedule schedule, Engine.Maker broken) {
        try {
            World.play(schedule, broken);
            return null;
        } catch (Violation violation) {
            return violation.getMessage();
        } catch (RuntimeException crash) {
            return null;
        }
    }
}
