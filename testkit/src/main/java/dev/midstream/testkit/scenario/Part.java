package dev.midstream.testkit.scenario;

import dev.midstream.testkit.Answer;
import dev.midstream.testkit.ChatQuirk;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.MessagesQuirk;
import dev.midstream.testkit.ModelAnswer;
import dev.midstream.testkit.Responder;
import dev.midstream.testkit.ResponsesQuirk;
import dev.midstream.testkit.ScriptedModel;
import dev.midstream.testkit.Step;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * How one upstream of a scenario behaves, in any protocol. Immutable.
 *
 * @param plays makes who answers, anew for each run
 * @param model what stands under {@code model} in the configuration
 * @param params further {@code litellm_params}, as the inside of a YAML mapping
 * @param info {@code model_info}, as the inside of a YAML mapping
 * @param dialects in which way it writes a protocol, where that is not the usual one
 * @param reach what becomes of connections
 */
public record Part(
        Supplier<? extends Responder> plays,
        Function<Wire, String> model,
        String params,
        String info,
        Map<Wire, Dialect> dialects,
        Reach reach) {

    public Part {
        dialects = Map.copyOf(dialects);
    }

    /** What becomes of connections to it. */
    public enum Reach {
        /** They are accepted. */
        OPEN,
        /** Nothing listens there. */
        REFUSED,
        /** Nothing answers there, not even a refusal. */
        SILENT
    }

    /** Whoever this is, in the usual way of each protocol. */
    public static Part of(Supplier<? extends Responder> plays) {
        return new Part(plays, Wire::usual, "", "", Map.of(), Reach.OPEN);
    }

    /** A model that says the essay. */
    public static Part essay() {
        return essay(model -> model);
    }

    /** A model that says the essay in its own way. */
    public static Part essay(UnaryOperator<ScriptedModel> manner) {
        return saying(Said.ESSAY, manner);
    }

    /** A model that says this text in its own way. */
    public static Part saying(String text, UnaryOperator<ScriptedModel> manner) {
        return of(() -> manner.apply(ScriptedModel.answering(text)));
    }

    /** A model that says these blocks in its own way. */
    public static Part saying(ModelAnswer answer, UnaryOperator<ScriptedModel> manner) {
        return of(() -> manner.apply(ScriptedModel.answering(answer)));
    }

    /** A model that says the essay and breaks off at its first request after so many words. */
    public static Part broken(int words, Step... fault) {
        return essay(model -> model.breaking(1, words, fault));
    }

    /** Gives this answer to every request. */
    public static Part always(Answer answer) {
        return of(() -> answer);
    }

    /** Gives this answer to its first request, and says the essay from then on. */
    public static Part first(Answer answer) {
        return of(
                () -> {
                    ScriptedModel model = ScriptedModel.answering(Said.ESSAY);
                    return request -> request.number() == 1 ? answer : model.answer(request);
                });
    }

    /** Answers with this status and error at every request. */
    public static Part error(int status, String type, String message) {
        return always(Answer.error(status, type, message));
    }

    /** Under another name in the configuration. */
    public Part named(Function<Wire, String> other) {
        return new Part(plays, other, params, info, dialects, reach);
    }

    /** As a model that goes on with an assistant's message. */
    public Part prefillable() {
        return named(Wire::prefillable);
    }

    /** With these further {@code litellm_params}. */
    public Part params(String yaml) {
        return new Part(plays, model, yaml, info, dialects, reach);
    }

    /** With this {@code model_info}. */
    public Part info(String yaml) {
        return new Part(plays, model, params, yaml, dialects, reach);
    }

    /** With these habits where it speaks chat. */
    public Part quirks(Set<ChatQuirk> quirks) {
        return writing(Wire.CHAT, Dialect.chat(quirks));
    }

    /** With these habits where it speaks chat. */
    public Part quirks(ChatQuirk first, ChatQuirk... more) {
        return writing(Wire.CHAT, Dialect.chat(first, more));
    }

    /** With this habit where it speaks Messages. */
    public Part quirk(MessagesQuirk quirk) {
        return writing(Wire.MESSAGES, Dialect.messages(quirk));
    }

    /** With this habit where it speaks Responses. */
    public Part quirk(ResponsesQuirk quirk) {
        return writing(Wire.RESPONSES, Dialect.responses(quirk));
    }

    private Part writing(Wire wire, Dialect dialect) {
        Map<Wire, Dialect> others = new EnumMap<>(Wire.class);
        others.putAll(dialects);
        others.put(wire, dialect);
        return new Part(plays, model, params, info, others, reach);
    }

    /** Whose connections come to this. */
    public Part reach(Reach other) {
        return new Part(plays, model, params, info, dialects, other);
    }

    /** Whether it stands for a model of its own, with what that can do. */
    public boolean named() {
        return Wire.ALL.stream().anyMatch(wire -> !model.apply(wire).equals(wire.usual()));
    }

    /** How it writes this protocol. */
    public Dialect dialect(Wire wire) {
        return dialects.getOrDefault(wire, wire.dialect());
    }
}
