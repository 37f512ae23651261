package dev.midstream.gateway.scenario;

import static dev.midstream.gateway.scenario.Expected.brokenOff;
import static dev.midstream.gateway.scenario.Expected.failed;
import static dev.midstream.gateway.scenario.Expected.whole;

import dev.midstream.testkit.Behaviour;
import dev.midstream.testkit.PrefillForm;
import dev.midstream.testkit.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Models that go on with an answer otherwise than asked. */
final class BadContinuations {

    private static final String WHAT = "fallback's continuation";
    private static final Map<Role, Integer> NO_THIRD =
            Map.of(Role.PRIMARY, 1, Role.FALLBACK, 1, Role.THIRD, 0);
    private static final Map<Role, Integer> THIRD =
            Map.of(Role.PRIMARY, 1, Role.FALLBACK, 1, Role.THIRD, 1);

    private BadContinuations() {}

    static List<Scenario> all() {
        return Stream.of(prefills(), userTurns(), dropped(), forms(), nobodyWilling())
                .flatMap(List::stream)
                .toList();
    }

    private static Scenario cut(String how, Part fallback) {
        return Scenario.of(WHAT, how)
                .primary(Part.broken(40, new Step.Cut()))
                .fallback(fallback)
                .with(Role.THIRD, Part.essay())
                .gives(whole());
    }

    private static Part onPrefill(Behaviour behaviour) {
        return Part.essay(model -> model.onPrefill(behaviour)).prefillable();
    }

    private static Part onUserTurn(Behaviour behaviour) {
        return Part.essay(model -> model.onUserTurn(behaviour));
    }

    private static List<Scenario> prefills() {
        Part refusing =
                Part.essay(model -> model.onPrefill(new Behaviour.RefusesPrefill()))
                        .info("supports_assistant_prefill: true");
        return Stream.of(
                        cut("a prefill is refused with 400", refusing)
                                .asks(Map.of(Role.PRIMARY, 1, Role.FALLBACK, 2, Role.THIRD, 0)),
                        cut("a prefill is echoed", onPrefill(new Behaviour.EchoesPrefill()))
                                .asks(NO_THIRD),
                        cut(
                                        "a prefill is ignored, it starts anew",
                                        onPrefill(new Behaviour.StartsAnew()))
                                .asks(NO_THIRD),
                        cut(
                                        "a prefill is followed by \"Sure, continuing\"",
                                        onPrefill(new Behaviour.Preamble()))
                                .asks(Map.of(Role.PRIMARY, 1, Role.FALLBACK, 2, Role.THIRD, 0)),
                        cut(
                                        "a prefill's last words are repeated",
                                        onPrefill(new Behaviour.Repeats()))
                                .asks(THIRD))
                .map(scenario -> scenario.in(Pair.PREFILLABLE))
                .toList();
    }

    private static List<Scenario> userTurns() {
        return List.of(
                cut("asked by a user turn, it starts anew", onUserTurn(new Behaviour.StartsAnew()))
                        .asks(NO_THIRD),
                cut("it opens with \"Sure, continuing\"", onUserTurn(new Behaviour.Preamble()))
                        .asks(NO_THIRD),
                cut("it repeats more than the anchor", onUserTurn(new Behaviour.Repeats()))
                        .asks(NO_THIRD),
                Scenario.of(WHAT, "it opens the code fence again")
                        .primary(
                                Part.saying(
                                        Said.CODE, model -> model.breaking(1, 20, new Step.Cut())))
                        .fallback(
                                Part.saying(
                                        Said.CODE,
                                        model -> model.behaving(new Behaviour.ReopensFence())))
                        .gives(whole(Said.CODE))
                        .asks(1, 1));
    }

    private static List<Scenario> dropped() {
        return List.of(
                cut("it refuses the task", onUserTurn(new Behaviour.RefusesTask())).asks(THIRD),
                cut("it digresses", onUserTurn(new Behaviour.Digresses())).asks(THIRD),
                cut(
                                "it goes on without the anchor",
                                onUserTurn(new Behaviour.ContinuesWithoutAnchor()))
                        .asks(THIRD),
                cut(
                                "it falls silent, first_token_timeout",
                                onUserTurn(new Behaviour.FallsSilent())
                                        .params("first_token_timeout: 0.3"))
                        .asks(THIRD));
    }

    /** Each provider's own form of a prefill. */
    private static List<Scenario> forms() {
        List<Scenario> all = new ArrayList<>();
        all.add(
                form(
                        "hosted_vllm/llama",
                        PrefillForm.CONTINUE_FINAL_MESSAGE,
                        new Behaviour.Obeys()));
        all.add(form("mistral/mistral-large", PrefillForm.PREFIX, new Behaviour.EchoesPrefill()));
        all.add(form("dashscope/qwen-max", PrefillForm.PARTIAL, new Behaviour.Obeys()));
        return all;
    }

    private static Scenario form(String model, PrefillForm form, Behaviour behaviour) {
        Part fallback =
                Part.essay(m -> m.prefilledBy(form).onPrefill(behaviour)).named(wire -> model);
        return Scenario.of(WHAT, "a prefill in the form of " + model)
                .primary(Part.broken(40, new Step.Cut()))
                .fallback(fallback)
                .in(Pair.CHAT_ONLY)
                .gives(whole())
                .asks(1, 1);
    }

    private static List<Scenario> nobodyWilling() {
        return List.of(
                Scenario.of(WHAT, "it refuses the task, the primary goes on")
                        .primary(Part.broken(40, new Step.Cut()))
                        .fallback(onUserTurn(new Behaviour.RefusesTask()))
                        .router("num_retries: 1")
                        .gives(whole())
                        .asks(2, 1),
                Scenario.of(WHAT, "it refuses the task, nobody else, no retries")
                        .primary(Part.broken(40, new Step.Cut()))
                        .fallback(onUserTurn(new Behaviour.RefusesTask()))
                        .router("num_retries: 0")
                        .gives(brokenOff(Said.words(40), "server_error", "upstream_cut"))
                        .givesPlain(failed(502, "server_error", "upstream_cut"))
                        .asks(1, 1));
    }
}
