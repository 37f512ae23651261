package dev.midstream.seam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.model.Message;
import dev.midstream.model.Method;
import dev.midstream.model.Part;
import dev.midstream.model.SeamGrade;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is appended to the conversation, and which words are demanded. */
class AnchorIsQuotedTest {
    private static final String DELIVERED =
            "The river had risen overnight, and by morning the lower meadow was a lake of brown water.";

    @Test
    void theUserTurnQuotesTheAnchorBehindTheTextThatBrokeOff() {
        SeamPlan plan = userTurn(DELIVERED);

        assertThat(plan.appended())
                .extracting(Message::role)
                .containsExactly(Message.Role.ASSISTANT, Message.Role.USER);
        assertThat(text(plan, 0)).isEqualTo(DELIVERED);
        assertThat(text(plan, 1)).contains("-----\n" + plan.anchor() + "\n-----\n");
        assertThat(plan.repeatedCharacters()).isEqualTo(plan.anchor().length());
    }

    @Test
    void theAnchorIsWholeWords() {
        assertThat(userTurn(DELIVERED).anchor()).isEqualTo("meadow was a lake of brown water.");
    }

    @Test
    void aShortTextIsItsOwnAnchor() {
        assertThat(userTurn("Yes, the\n").anchor()).isEqualTo("Yes, the\n");
    }

    @Test
    void anEndThatOccursEarlierMakesTheAnchorLonger() {
        String again = "first " + DELIVERED + " Then: " + DELIVERED;

        assertThat(userTurn(again).anchor()).isEqualTo("Then: " + DELIVERED);
    }

    @Test
    void aTextThatOnlyRepeatsItselfIsAmbiguousAndItsAnchorStaysShort() {
        SeamPlan plan = userTurn("0,".repeat(1_000));

        assertThat(plan.ambiguous()).isTrue();
        assertThat(plan.anchor().length()).isLessThan(130);
    }

    @Test
    void theQuotedTextCannotCloseItsQuotation() {
        String hostile = "----- ===== +++++ ===== 1 =====\nand so";
        SeamPlan plan = userTurn(hostile);

        assertThat(text(plan, 1)).contains("\n===== 2 =====\n" + hostile + "\n===== 2 =====\n");
    }

    @Test
    void anAnchorNeverBeginsInsideACharacter() {
        for (int seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            String delivered =
                    "👩‍👩‍👧🇩🇪é👍🏽".repeat(2 + random.nextInt(3))
                            + "川夜里👩‍👩‍👧🇩🇪".repeat(random.nextInt(9));
            String anchor = userTurn(delivered).anchor();
            int start = delivered.length() - anchor.length();

            assertThat(Graphemes.boundaryAtOrBefore(delivered, start)).as(anchor).isEqualTo(start);
        }
    }

    @Test
    void halfAPairIsNotSent() {
        for (Method method : List.of(Method.USER_TURN, Method.PREFILL)) {
            SeamPlan plan = SeamPlan.of(method, DELIVERED + " \ud83d", null, Options.UNKNOWN);

            assertThat(text(plan, 0)).isEqualTo(DELIVERED + " ");
        }
    }

    @Test
    void anOperatorsWordsAreUsedAsTheyAre() {
        SeamPlan plan =
                SeamPlan.of(Method.USER_TURN, DELIVERED, "Go on after {tail}!", Options.UNKNOWN);

        assertThat(text(plan, 1)).isEqualTo("Go on after " + plan.anchor() + "!");
    }

    @Test
    void blankWordsRuleTheUserTurnOut() {
        assertThatThrownBy(() -> SeamPlan.of(Method.USER_TURN, DELIVERED, " ", Options.UNKNOWN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void insideACodeBlockTheModelIsToldSo() {
        assertThat(text(userTurn("Here:\n```java\nint a = 1;"), 1)).contains("inside a code block");
        assertThat(text(userTurn(DELIVERED), 1)).doesNotContain("code block");
    }

    @Test
    void aPrefillLosesTheBlankSpaceThatTheTargetRefuses() {
        Options strips = new Options(true, false, true, false, SeamGrade.OVERLAPPING);

        assertThat(text(SeamPlan.of(Method.PREFILL, DELIVERED + " \n", null, strips), 0))
                .isEqualTo(DELIVERED);
        assertThat(text(SeamPlan.of(Method.PREFILL, DELIVERED + " \n", null, Options.UNKNOWN), 0))
                .isEqualTo(DELIVERED + " \n");
    }

    @Test
    void aPrefillForATargetThatTrimsLosesItsLastWord() {
        Options trims = new Options(true, false, true, true, SeamGrade.OVERLAPPING);
        SeamPlan plan = SeamPlan.of(Method.PREFILL, "a lake of brown wat", null, trims);

        assertThat(text(plan, 0)).isEqualTo("a lake of brown");
        assertThat(plan.repeatedCharacters()).isEqualTo("wat".length());
    }

    @Test
    void anEchoAndAReplayRepeatEverything() {
        Options echoes = new Options(false, true, true, false, SeamGrade.OVERLAPPING);

        assertThat(SeamPlan.of(Method.PREFIX, DELIVERED, null, echoes).repeatedCharacters())
                .isEqualTo(DELIVERED.length());
        assertThat(SeamPlan.of(Method.REPLAY, DELIVERED, null, echoes).repeatedCharacters())
                .isEqualTo(DELIVERED.length());
        assertThat(SeamPlan.of(Method.REPLAY, DELIVERED, null, echoes).appended()).isEmpty();
    }

    @Test
    void behindBlankSpaceTheOriginalRequestIsAskedAgain() {
        SeamPlan plan = userTurn(" \n");

        assertThat(plan.appended()).isEmpty();
        assertThat(plan.joiner().text("\n\nWell", 0))
                .isEqualTo(new Verdict.Joined(SeamGrade.EXACT, "\n\nWell", 0, "start"));
    }

    private static SeamPlan userTurn(String delivered) {
        return SeamPlan.of(Method.USER_TURN, delivered, null, Options.UNKNOWN);
    }

    private static String text(SeamPlan plan, int turn) {
        return ((Part.Text) plan.appended().get(turn).parts().getFirst()).text();
    }
}
