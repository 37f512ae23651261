package dev.midstream.testkit.scenario;

import dev.midstream.testkit.Behaviour;
import dev.midstream.testkit.PrefillForm;
import dev.midstream.testkit.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Models that go on with an answer otherwise than asked. */
final class BadContinuations {

    private static final String WHAT = "fallback's continuation";

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
                .with(Role.THIRD, Part.essay());
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
                        cut("a prefill is refused with 400", refusing),
                        cut("a prefill is echoed", onPrefill(new Behaviour.EchoesPrefill())),
                        cut(
                                "a prefill is ignored, it starts anew",
                                onPrefill(new Behaviour.StartsAnew())),
                        cut(
                                "a prefill is followed by \"Sure, continuing\"",
                                onPrefill(new Behaviour.Preamble())),
                        cut(
                                "a prefill's last words are repeated",
                                onPrefill(new Behaviour.Repeats())))
                .map(scenario -> scenario.in(Pair.PREFILLABLE))
                .toList();
    }

    private static List<Scenario> userTurns() {
        return List.of(
                cut("asked by a user turn, it starts anew", onUserTurn(new Behaviour.StartsAnew())),
                cut("it opens with \"Sure, continuing\"", onUserTurn(new Behaviour.Preamble())),
                cut("it repeats more than the anchor", onUserTurn(new Behaviour.Repeats())),
                Scenario.of(WHAT, "it opens the code fence again")
                        .primary(
                                Part.saying(
                                        Said.CODE, model -> model.breaking(1, 20, new Step.Cut())))
                        .says(Said.CODE)
                        .fallback(
                                Part.saying(
                                        Said.CODE,
                                        model -> model.behaving(new Behaviour.ReopensFence()))));
    }

    private static List<Scenario> dropped() {
        return List.of(
                cut("it refuses the task", onUserTurn(new Behaviour.RefusesTask())),
                cut("it digresses", onUserTurn(new Behaviour.Digresses())),
                cut(
                        "it goes on without the anchor",
                        onUserTurn(new Behaviour.ContinuesWithoutAnchor())),
                cut(
                        "it falls silent, first_token_timeout",
                        onUserTurn(new Behaviour.FallsSilent())
                                .params("first_token_timeout: 0.3")));
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
                .in(Pair.CHAT_ONLY);
    }

    private static List<Scenario> nobodyWilling() {
        return List.of(
                Scenario.of(WHAT, "it refuses the task, the primary goes on")
                        .primary(Part.broken(40, new Step.Cut()))
                        .fallback(onUserTurn(new Behaviour.RefusesTask()))
                        .router("num_retries: 1"),
                Scenario.of(WHAT, "it refuses the task, nobody else, no retries")
                        .primary(Part.broken(40, new Step.Cut()))
                        .fallback(onUserTurn(new Behaviour.RefusesTask()))
                        .router("num_retries: 0"));
    }
}
