package dev.midstream.seam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Method;
import dev.midstream.model.SeamGrade;
import dev.midstream.seam.Verdict.Apart;
import dev.midstream.seam.Verdict.Joined;
import dev.midstream.seam.Verdict.NothingLeft;
import dev.midstream.seam.Verdict.Pending;
import dev.midstream.seam.Verdict.Reason;
import dev.midstream.seam.Verdict.Rejected;
import org.junit.jupiter.api.Test;

/** Each thing that models were seen to do with a request to go on, and what comes of it. */
class ContinuationJoinsTest {
    private static final String DELIVERED =
            "The river had risen overnight, and by morning the lower meadow was a lake. ";
    private static final String ANCHOR = "morning the lower meadow was a lake. ";
    private static final Options KNOWN =
            new Options(true, false, true, false, SeamGrade.OVERLAPPING);
    private static final Options ECHOES =
            new Options(true, true, true, false, SeamGrade.OVERLAPPING);

    @Test
    void theRepeatedAnchorIsRemoved() {
        assertJoins(
                userTurn(ANCHOR + "Nobody had slept."), SeamGrade.ANCHORED, "Nobody had slept.");
    }

    @Test
    void moreThanTheAnchorIsRemovedToo() {
        assertJoins(
                userTurn(DELIVERED.substring(10) + "Nobody had slept."),
                SeamGrade.ANCHORED,
                "Nobody had slept.");
    }

    @Test
    void aPreambleBeforeTheAnchorIsRemoved() {
        for (String preamble :
                new String[] {
                    "Sure, continuing:\n\n",
                    "Certainly! Here's the rest:\n",
                    "Apologies for the interruption. ",
                    "… ",
                    "Gerne, hier geht es weiter:\n",
                    "好的，继续：\n",
                    "Конечно, продолжаю:\n"
                }) {
            assertJoins(userTurn(preamble + ANCHOR + "Nobody."), SeamGrade.ANCHORED, "Nobody.");
        }
    }

    @Test
    void aSentenceOfItsOwnBeforeTheAnchorIsNoPreamble() {
        assertRejected(
                userTurn("Sure. The cattle were gone. " + ANCHOR + "Nobody."),
                Reason.PREAMBLE_WITHOUT_OVERLAP);
    }

    @Test
    void theAnchorTwiceIsNoProofWhateverStandsBetween() {
        String anchor = ANCHOR.strip();
        for (String between : new String[] {"", " ", "\n", " \"", "\" “", "… ", "\n> ", "** **"}) {
            assertRejected(userTurn(anchor + between + anchor + " Nobody."), Reason.UNPROVEN);
        }
    }

    @Test
    void theAnchorTwiceIsNewTextWhereTheTextRepeatsItself() {
        String delivered = "and so the river rose, ".repeat(4);
        SeamPlan plan = SeamPlan.of(Method.USER_TURN, delivered, null, Options.UNKNOWN);

        assertJoins(
                play(plan, plan.anchor() + plan.anchor() + "until it fell."),
                SeamGrade.ANCHORED,
                plan.anchor() + "until it fell.");
    }

    @Test
    void aTextThatBeginsLikeTheAnchorIsNewText() {
        assertJoins(
                userTurn(ANCHOR + "morning the lower fields were dry."),
                SeamGrade.ANCHORED,
                "morning the lower fields were dry.");
    }

    @Test
    void theEndOfTheAnchorIsEnoughWhereItOccursOnce() {
        assertJoins(userTurn("lower meadow was a lake. Nobody."), SeamGrade.OVERLAPPING, "Nobody.");
    }

    @Test
    void lessThanTheConfiguredGradeIsRejected() {
        Options strict = new Options(false, false, false, false, SeamGrade.ANCHORED);

        assertRejected(
                play(
                        SeamPlan.of(Method.USER_TURN, DELIVERED, null, strict),
                        "lower meadow was a lake. Nobody."),
                Reason.UNPROVEN);
    }

    @Test
    void withoutTheAnchorItJoinsOnlyWhereNothingHasToBeProven() {
        Options lax = new Options(false, false, false, false, SeamGrade.UNPROVEN);

        assertRejected(userTurn("Nobody had slept."), Reason.UNPROVEN);
        assertJoins(
                play(SeamPlan.of(Method.USER_TURN, DELIVERED, null, lax), "Nobody had slept."),
                SeamGrade.UNPROVEN,
                "Nobody had slept.");
    }

    @Test
    void refusalsAreRejectedAtOnce() {
        SeamJoiner joiner =
                SeamPlan.of(Method.USER_TURN, DELIVERED, null, Options.UNKNOWN).joiner();

        assertRejected(joiner.text("I'm sorry, but I can't ", 0), Reason.REFUSED);
    }

    @Test
    void aRefusalBehindTheAnchorIsOneToo() {
        assertRejected(
                userTurn(ANCHOR + "\n\nI'm sorry, but I can't continue this text."),
                Reason.REFUSED);
    }

    @Test
    void anApologyWithoutTheTextIsARefusal() {
        assertRejected(userTurn("I apologise, as I was saying, the lake."), Reason.REFUSED);
    }

    @Test
    void aTextThatItselfApologisesGoesOn() {
        String delivered =
                "She wrote to him: \"I'm sorry, but I can't come to the lake this year, for the river";

        assertJoins(
                play(
                        SeamPlan.of(Method.USER_TURN, delivered, null, Options.UNKNOWN),
                        "I'm sorry, but I can't come to the lake this year, for the river is high."),
                SeamGrade.ANCHORED,
                " is high.");
    }

    @Test
    void aQuotedAnchorIsNoProof() {
        assertRejected(userTurn("\"" + ANCHOR.strip() + "\". Nobody."), Reason.UNPROVEN);
    }

    @Test
    void theAnchorAsAHeadingIsNoProof() {
        assertRejected(userTurn(ANCHOR + "\n\n" + ANCHOR + "Nobody."), Reason.UNPROVEN);
    }

    @Test
    void theBeginningOfTheAnchorIsNoProof() {
        assertRejected(userTurn("morning the lower fields were dry."), Reason.UNPROVEN);
    }

    @Test
    void theReopenedCodeBlockIsRemoved() {
        String code =
                "Here:\n```python\ndef total(rows):\n    return sum(row.price for row in rows)\n\n";
        SeamPlan plan = SeamPlan.of(Method.USER_TURN, code, null, Options.UNKNOWN);

        assertJoins(
                play(plan, "```python\n" + plan.anchor() + "def x():\n"),
                SeamGrade.ANCHORED,
                "def x():\n");
        assertJoins(
                play(plan, plan.anchor() + "```python\ndef x():\n"),
                SeamGrade.ANCHORED,
                "def x():\n");
    }

    @Test
    void aContinuationWrappedInABareFenceCannotBeTold() {
        String code =
                "Here:\n```python\ndef total(rows):\n    return sum(row.price for row in rows)\n\n";
        SeamPlan plan = SeamPlan.of(Method.USER_TURN, code, null, Options.UNKNOWN);

        assertRejected(
                play(plan, "```\n" + plan.anchor() + "def x():\n```\nDone.\n```"), Reason.UNPROVEN);
    }

    @Test
    void aBlockInsideABlockOfMarkdownStays() {
        String readme =
                "Here:\n```markdown\n# The river\n\nInstall it with the tool of your choice:\n\n";
        SeamPlan plan = SeamPlan.of(Method.USER_TURN, readme, null, Options.UNKNOWN);

        assertJoins(
                play(plan, plan.anchor() + "```bash\nmake\n"),
                SeamGrade.ANCHORED,
                "```bash\nmake\n");
    }

    @Test
    void anotherBlockInsideABlockOfCodeCannotBeTold() {
        String code =
                "Here:\n```python\ndef total(rows):\n    return sum(row.price for row in rows)\n";
        SeamPlan plan = SeamPlan.of(Method.USER_TURN, code, null, Options.UNKNOWN);

        assertRejected(play(plan, plan.anchor() + "```java\nint x;\n"), Reason.UNPROVEN);
    }

    @Test
    void theClosedCodeBlockStays() {
        String code =
                "Here:\n```python\ndef total(rows):\n    return sum(row.price for row in rows)\n";
        SeamPlan plan = SeamPlan.of(Method.USER_TURN, code, null, Options.UNKNOWN);

        assertJoins(play(plan, plan.anchor() + "```\nDone."), SeamGrade.ANCHORED, "```\nDone.");
    }

    @Test
    void aWordThatGrowsIsAnotherWord() {
        assertRejected(
                play(
                        SeamPlan.of(
                                Method.USER_TURN,
                                "She counted the old lanterns by the river ",
                                null,
                                Options.UNKNOWN),
                        "She counted the old lanterns by the rivers"),
                Reason.DIVERGED);
    }

    @Test
    void anEndRightBehindTheAnchorMeansThatNothingWasLeft() {
        assertThat(userTurn(ANCHOR)).isEqualTo(new NothingLeft(SeamGrade.ANCHORED));
    }

    @Test
    void anEndWithoutAWordIsNoEnd() {
        assertRejected(userTurn(""), Reason.EMPTY);
        assertRejected(prefill(KNOWN, ""), Reason.EMPTY);
        assertRejected(play(SeamPlan.of(Method.REPLAY, DELIVERED, null, KNOWN), ""), Reason.EMPTY);
    }

    @Test
    void aPrefillThatIsKnownToContinueGoesOnAtOnce() {
        SeamJoiner joiner = SeamPlan.of(Method.PREFILL, DELIVERED, null, KNOWN).joiner();

        assertThat(joiner.text(" Nobody", 0))
                .isEqualTo(new Joined(SeamGrade.EXACT, "Nobody", 1, "prefill"));
    }

    @Test
    void aPrefillOnAnUnknownTargetProvesNothing() {
        assertRejected(prefill(Options.UNKNOWN, "Nobody had slept."), Reason.UNPROVEN);
    }

    @Test
    void aPrefillThatIsAnsweredAnewIsFollowedWhileItRepeats() {
        assertJoins(prefill(KNOWN, DELIVERED + "Nobody."), SeamGrade.EXACT, "Nobody.");
        assertRejected(
                prefill(KNOWN, DELIVERED.substring(0, 60) + "plain was dry."), Reason.STARTED_ANEW);
    }

    @Test
    void aPrefillThatIsAnsweredByTalkWasIgnored() {
        assertRejected(
                prefill(KNOWN, "Sure, continuing where I left off: Nobody"),
                Reason.IGNORED_PREFILL);
        assertRejected(prefill(KNOWN, "Hello! How can I help you today?"), Reason.IGNORED_PREFILL);
        assertRejected(prefill(KNOWN, "I'm sorry, but I can't do that."), Reason.REFUSED);
    }

    @Test
    void aContinuationMayBeginWithAWordThatPreamblesBeginWith() {
        String long1 =
                "Yes, the whole of it, from the old mill down to the ford, and nobody had slept that night or the next.";

        assertJoins(prefill(KNOWN, long1 + " Not one."), SeamGrade.EXACT, long1 + " Not one.");
    }

    @Test
    void aPrefillWhoseLastWordsComeAgainCannotBeTold() {
        assertRejected(prefill(KNOWN, "lower meadow was a lake. Nobody."), Reason.UNPROVEN);
    }

    @Test
    void anEchoIsVerifiedAndRemoved() {
        assertJoins(prefill(ECHOES, DELIVERED + "Nobody."), SeamGrade.EXACT, "Nobody.");
        assertRejected(prefill(ECHOES, "Nobody."), Reason.IGNORED_PREFILL);
        assertThat(prefill(ECHOES, DELIVERED)).isEqualTo(new NothingLeft(SeamGrade.EXACT));
    }

    @Test
    void aTargetThatTrimsGivesTheLastWordBack() {
        Options trims = new Options(true, false, true, true, SeamGrade.OVERLAPPING);
        SeamPlan plan = SeamPlan.of(Method.PREFILL, "The river had ris", null, trims);

        assertJoins(play(plan, "risen overnight"), SeamGrade.EXACT, "en overnight");
        assertRejected(play(plan, "gone down"), Reason.DIVERGED);
    }

    @Test
    void halfACharacterIsCompleted() {
        for (Method method : new Method[] {Method.USER_TURN, Method.PREFILL}) {
            SeamPlan plan = SeamPlan.of(method, DELIVERED + "\ud83d", null, KNOWN);

            assertJoins(
                    play(plan, plan.anchor() + "👍 Nobody"),
                    method == Method.USER_TURN ? SeamGrade.ANCHORED : SeamGrade.EXACT,
                    "\udc4d Nobody");
            assertRejected(play(plan, plan.anchor() + "Nobody"), Reason.DIVERGED);
        }
    }

    @Test
    void aReplayIsSwallowedAsFarAsItIsTheSame() {
        assertJoins(
                play(SeamPlan.of(Method.REPLAY, DELIVERED, null, KNOWN), DELIVERED + "Nobody."),
                SeamGrade.EXACT,
                "Nobody.");
        assertRejected(
                play(SeamPlan.of(Method.REPLAY, DELIVERED, null, KNOWN), "The river had fallen"),
                Reason.DIVERGED);
        assertThat(play(SeamPlan.of(Method.REPLAY, DELIVERED, null, KNOWN), DELIVERED))
                .isEqualTo(new NothingLeft(SeamGrade.EXACT));
    }

    @Test
    void aRestartIsShownApartFromTheFirstDifference() {
        assertThat(
                        play(
                                SeamPlan.of(Method.RESTART, DELIVERED, null, KNOWN),
                                "The river had fallen."))
                .isEqualTo(new Apart("The river had fallen."));
        assertThat(play(SeamPlan.of(Method.RESTART, DELIVERED, null, KNOWN), "The river"))
                .isEqualTo(new Apart("The river"));
    }

    @Test
    void aResumedStreamNeedsNoProof() {
        assertJoins(
                play(SeamPlan.of(Method.RESUME, DELIVERED, null, KNOWN), " x"),
                SeamGrade.EXACT,
                " x");
    }

    private static Verdict userTurn(String answer) {
        SeamPlan plan = SeamPlan.of(Method.USER_TURN, DELIVERED, null, Options.UNKNOWN);
        assertThat(plan.anchor()).isEqualTo(ANCHOR);
        return play(plan, answer);
    }

    private static Verdict prefill(Options options, String answer) {
        return play(SeamPlan.of(Method.PREFILL, DELIVERED, null, options), answer);
    }

    private static void assertJoins(Verdict verdict, SeamGrade grade, String release) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Joined.class,
                        joined -> {
                            assertThat(joined.release()).isEqualTo(release);
                            assertThat(joined.grade()).isEqualTo(grade);
                        });
    }

    private static void assertRejected(Verdict verdict, Reason reason) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(reason));
    }

    private static Verdict play(SeamPlan plan, String text) {
        SeamJoiner joiner = plan.joiner();
        for (int i = 0; i < text.length(); i++) {
            String later = text.substring(i + 1);
            switch (joiner.text(text.substring(i, i + 1), i)) {
                case Pending pending -> {}
                case Joined j -> {
                    return new Joined(j.grade(), j.release() + later, j.dropped(), j.note());
                }
                case Apart apart -> {
                    return new Apart(apart.release() + later);
                }
                case Rejected rejected -> {
                    return rejected;
                }
                case NothingLeft nothing -> {
                    return nothing;
                }
            }
        }
        return joiner.finished(text.length());
    }
}
