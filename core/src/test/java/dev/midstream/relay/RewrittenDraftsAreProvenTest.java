package dev.midstream.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Draft;
import dev.midstream.model.Message;
import dev.midstream.model.Message.Role;
import dev.midstream.model.Method;
import dev.midstream.model.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Whoever writes a draft of his own decides what is sent, not what reaches the client. */
class RewrittenDraftsAreProvenTest {

    private static final String SAID = "The bridge was built in the year of the flood";

    private static Rig broken(Method... methods) {
        Rig rig = Rig.streaming().methods(methods).begin().begins(SAID).hesitates().breaksOff();
        rig.did();
        return rig;
    }

    private static Rig sent(Rig rig, UnaryOperator<Draft> change) {
        return rig.decides(new Decision.ProceedWith(change.apply(rig.point().draft())));
    }

    private static List<Message> withWords(Draft draft, String words) {
        List<Message> turns = new ArrayList<>(draft.appended());
        turns.set(turns.size() - 1, Message.of(Role.USER, words));
        return turns;
    }

    @Test
    void anotherConversationIsSentAndJoined() {
        Rig rig = broken(Method.USER_TURN);
        Request other =
                rig.point().draft().request().with(List.of(Message.of(Role.USER, "Shorter")));

        sent(rig, draft -> draft.of(other));
        assertThat(rig.did()).containsExactly("ask other by user_turn");
        assertThat(rig.draft().request().messages())
                .containsExactly(Message.of(Role.USER, "Shorter"));
        assertThat(rig.draft().appended()).hasSize(2);
        assertThat(rig.begins(SAID + " of old.").did()).containsExactly("0:  of old.");
    }

    @Test
    void otherWordsHaveToBeAnsweredByTheAnchor() {
        Rig rig = broken(Method.USER_TURN);

        sent(rig, draft -> draft.with(withWords(draft, "Go on.")));
        assertThat(rig.draft().appended().getLast()).isEqualTo(Message.of(Role.USER, "Go on."));
        rig.did();
        assertThat(rig.hesitates().begins("Penguins swim.").did()).containsExactly("cancel 2");
    }

    @Test
    void aPrefillOfOnesOwnIsNotTrusted() {
        Rig trusted = broken(Method.PREFILL).decides(new Decision.Proceed());
        trusted.did();
        assertThat(trusted.begins(" of old, and it still stands today. ".repeat(30)).did())
                .anyMatch(word -> word.startsWith("0:  of old"));

        Rig rig = broken(Method.PREFILL);
        sent(rig, draft -> draft.with(List.of(Message.of(Role.ASSISTANT, "Say: " + SAID))));
        assertThat(rig.did()).containsExactly("ask other by prefill");
        assertThat(rig.begins(" of old, and it still stands today. ".repeat(30)).did())
                .containsExactly("cancel 2");
    }

    @Test
    void butItIsTakenWhereItRepeatsTheEnd() {
        Rig rig = broken(Method.PREFILL);

        sent(rig, draft -> draft.with(List.of(Message.of(Role.ASSISTANT, "Say: " + SAID))));
        rig.did();
        rig.begins("in the year of the flood, and it still stands. ").goesOn("x ".repeat(400));
        assertThat(rig.did()).first().asString().startsWith("0: , and it still stands.");
    }

    @Test
    void itTeachesNothingOfTheDeployment() {
        Rig rig = broken(Method.PREFILL);

        sent(rig, draft -> draft.with(List.of(Message.of(Role.ASSISTANT, "Say: " + SAID))));
        rig.did();
        assertThat(rig.begins("Sure, here is the continuation of the text: ").did())
                .doesNotContain("warn");
    }

    @Test
    void anotherMethodOfTheDeploymentIsTaken() {
        Rig rig = broken(Method.PREFILL, Method.USER_TURN);

        sent(
                rig,
                draft ->
                        new Draft(
                                draft.request(),
                                Method.USER_TURN,
                                List.of(
                                        Message.of(Role.ASSISTANT, SAID),
                                        Message.of(Role.USER, "Go on.")),
                                null,
                                true,
                                false,
                                false,
                                false,
                                false));
        assertThat(rig.did()).containsExactly("ask other by user_turn");
        assertThat(rig.draft().withoutReasoning()).isTrue();
        assertThat(rig.begins(SAID + " of old.").did()).containsExactly("0:  of old.");
    }

    @Test
    void whatCouldNotBeJoinedIsNotSent() {
        Rig original = broken(Method.USER_TURN);
        sent(original, draft -> Draft.original(draft.request(), true));
        assertThat(original.did()).containsExactly("warn", "ask other by user_turn");

        Rig prefilled = broken(Method.PREFILL);
        sent(prefilled, draft -> draft.with(List.of(Message.of(Role.USER, "Go on."))));
        assertThat(prefilled.did()).containsExactly("warn", "ask other by prefill");

        Rig several = broken(Method.USER_TURN);
        Request three = Request.to("main").user("Hi").choices(3).build();
        sent(several, draft -> draft.of(three));
        assertThat(several.did()).containsExactly("warn", "ask other by user_turn");

        Rig formed = broken(Method.USER_TURN);
        Request json = Request.to("main").user("Hi").jsonObject().build();
        sent(formed, draft -> draft.of(json));
        assertThat(formed.did()).containsExactly("warn", "ask other by user_turn");
    }

    @Test
    void aDraftForNobodyIsWarnedOf() {
        Rig rig =
                Rig.streaming()
                        .with(s -> s.retries(0).withoutFallbacks())
                        .begin()
                        .begins(SAID)
                        .hesitates()
                        .breaksOff();
        rig.did();
        Draft draft = Draft.original(Request.to("main").user("Hi").build(), true);

        assertThat(rig.decides(new Decision.ProceedWith(draft)).did())
                .containsExactly("warn", "fail 502 cut");
    }

    @Test
    void anotherDeploymentMayBeSentADraftToo() {
        Rig rig = broken(Method.USER_TURN);
        Draft draft = rig.point().draft();

        rig.decides(new Decision.Elsewhere("main", draft.with(withWords(draft, "Please go on."))));
        assertThat(rig.did()).containsExactly("ask main by user_turn");
        assertThat(rig.draft().appended().getLast().parts().toString()).contains("Please go on.");
    }

    @Test
    void beforeAnythingIsOutADraftIsJustSent() {
        Rig rig = Rig.streaming().begin().hesitates().breaksOff();
        rig.did();
        Request shorter = Request.to("main").user("Shorter").build();

        sent(rig, draft -> draft.of(shorter));
        assertThat(rig.did()).containsExactly("ask other by original");
        assertThat(rig.draft().request()).isEqualTo(shorter);
        assertThat(rig.begins("Once").did())
                .containsExactly("commit", "open", "start 0 TEXT", "0: Once");
    }
}
