package dev.midstream.seam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Method;
import dev.midstream.model.SeamGrade;
import dev.midstream.seam.Verdict.Pending;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What a model sends may be made to be held for long or to be compared often: neither grows beyond
 * its bound.
 */
@Isolated
class HostileContinuationIsBoundedTest {
    private static final int LONG = 256 * 1024;
    private static final Options KNOWN =
            new Options(true, false, true, false, SeamGrade.OVERLAPPING);
    private static final List<Method> METHODS =
            List.of(Method.USER_TURN, Method.PREFILL, Method.REPLAY, Method.RESTART);

    @Test
    void aLongTextOfOneLetterIsComparedInLinearTime() {
        String delivered = "a".repeat(LONG);

        for (Method method : METHODS) {
            assertThat(timeToFeed(method, delivered, delivered + "b"))
                    .isLessThan(Duration.ofSeconds(4));
        }
    }

    @Test
    void aLongTextOfRowsThatAlmostRepeatIsComparedInLinearTime() {
        String row = "| 0 | 0 | none |\n";
        String delivered = "x" + row.repeat(LONG / row.length()) + "end";

        for (Method method : METHODS) {
            assertThat(timeToFeed(method, delivered, row.repeat(LONG / row.length()) + "no"))
                    .isLessThan(Duration.ofSeconds(4));
        }
    }

    @Test
    void endlessBlankSpaceIsNotHeld() {
        for (Method method : METHODS) {
            for (String begun :
                    List.of("", "the last words that were said by the old river man", "```\n")) {
                assertThat(
                                heldOf(
                                        method,
                                        "Of the town, the last words that were said by the old river man\n\n",
                                        begun,
                                        " "))
                        .isLessThan(2_000);
            }
        }
    }

    @Test
    void aPreambleWithoutEndIsNotHeld() {
        for (String word :
                List.of("Sure, continuing. ", "...", "Continuing: ", "I'm sorry. ", "[", "```\n")) {
            assertThat(
                            heldOf(
                                    Method.USER_TURN,
                                    "Of the town, the last words said by the man",
                                    "",
                                    word))
                    .isLessThan(2_000);
        }
    }

    @Test
    void nothingIsHeldForLongerThanThreeSecondsUnlessItRepeats() {
        SeamJoiner joiner =
                SeamPlan.of(
                                Method.USER_TURN,
                                "Of the town, the last words said by the man",
                                null,
                                Options.UNKNOWN)
                        .joiner();
        assertThat(joiner.text("Sure, ", 5)).isInstanceOf(Pending.class);

        assertThat(joiner.deadline()).isEqualTo(5 + Hold.NANOS);
        assertThat(joiner.wake(5 + Hold.NANOS)).isNotInstanceOf(Pending.class);
    }

    @Test
    void whatRepeatsHasNoDeadline() {
        SeamPlan plan =
                SeamPlan.of(
                        Method.USER_TURN,
                        "Of the town, the last words said by the man",
                        null,
                        Options.UNKNOWN);
        SeamJoiner joiner = plan.joiner();
        joiner.text(plan.anchor().substring(0, 20), 5);

        assertThat(joiner.deadline()).isEqualTo(Long.MAX_VALUE);
        assertThat(joiner.wake(Hold.NANOS * 10)).isInstanceOf(Pending.class);
    }

    private static Duration timeToFeed(Method method, String delivered, String answer) {
        long start = System.nanoTime();
        SeamJoiner joiner = SeamPlan.of(method, delivered, null, KNOWN).joiner();
        Verdict verdict = Pending.INSTANCE;
        for (int i = 0; i < answer.length() && verdict instanceof Pending; i++) {
            verdict = joiner.text(answer.substring(i, i + 1), i);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static int heldOf(Method method, String delivered, String begun, String again) {
        SeamJoiner joiner = SeamPlan.of(method, delivered, null, KNOWN).joiner();
        Verdict verdict = begun.isEmpty() ? Pending.INSTANCE : joiner.text(begun, 0);
        for (int i = 0; i < 5_000 && verdict instanceof Pending; i++) {
            verdict = joiner.text(again, i);
        }
        return verdict instanceof Pending ? Integer.MAX_VALUE : joiner.held();
    }
}
