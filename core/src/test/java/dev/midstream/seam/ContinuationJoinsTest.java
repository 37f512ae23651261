package dev.midstream.seam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Method;
import dev.midstream.model.SeamGrade;
import dev.midstream.seam.Verdict.Joined;
import dev.midstream.seam.Verdict.Pending;
import dev.midstream.seam.Verdict.Rejected;
import org.junit.jupiter.api.Test;

class ContinuationJoinsTest {
    private static final String DELIVERED =
            "The river had risen overnight, and by morning the lower meadow was a lake. ";
    private static final Options KNOWN =
            new Options(true, false, true, false, SeamGrade.OVERLAPPING);

    @Test
    void aRepeatedAnchorIsRemoved() {
        SeamPlan plan = SeamPlan.of(Method.USER_TURN, DELIVERED, null, Options.UNKNOWN);

        Verdict verdict = feed(plan.joiner(), plan.anchor() + "Nobody had slept.");

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Joined.class,
                        joined -> {
                            assertThat(joined.release()).isEqualTo("Nobody had slept.");
                            assertThat(joined.grade()).isEqualTo(SeamGrade.ANCHORED);
                        });
    }

    @Test
    void aContinuationWithoutTheAnchorIsRejected() {
        SeamPlan plan = SeamPlan.of(Method.USER_TURN, DELIVERED, null, Options.UNKNOWN);

        assertThat(feed(plan.joiner(), "Nobody had slept that night, it seems."))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void aPrefillKnownToContinueGoesOnAtOnce() {
        SeamPlan plan = SeamPlan.of(Method.PREFILL, DELIVERED, null, KNOWN);

        assertThat(feed(plan.joiner(), " Nobody"))
                .isEqualTo(new Joined(SeamGrade.EXACT, "Nobody", 1, "prefill"));
    }

    private static Verdict feed(SeamJoiner joiner, String text) {
        Verdict verdict = Pending.INSTANCE;
        for (int i = 0; i < text.length() && verdict instanceof Pending; i++) {
            verdict = joiner.text(text.substring(i, i + 1), i);
            if (verdict instanceof Joined j) {
                return new Joined(
                        j.grade(), j.release() + text.substring(i + 1), j.dropped(), j.note());
            }
        }
        return verdict instanceof Pending ? joiner.finished(text.length()) : verdict;
    }
}
