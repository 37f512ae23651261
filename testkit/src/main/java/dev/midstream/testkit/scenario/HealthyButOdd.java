package dev.midstream.testkit.scenario;

import dev.midstream.testkit.Answer;
import dev.midstream.testkit.ChatQuirk;
import dev.midstream.testkit.Delivery;
import dev.midstream.testkit.Delivery.LineEnd;
import dev.midstream.testkit.MessagesQuirk;
import dev.midstream.testkit.ResponsesQuirk;
import dev.midstream.testkit.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Answers that are whole although they do not look like it. */
final class HealthyButOdd {

    private static final List<ResponsesQuirk> ODD_RESPONSES =
            List.of(
                    ResponsesQuirk.ITEM_IDS_ROTATE,
                    ResponsesQuirk.DONE_SENT,
                    ResponsesQuirk.KEEPALIVE,
                    ResponsesQuirk.RATE_LIMITS_LAST,
                    ResponsesQuirk.OBFUSCATION);
    private static final List<MessagesQuirk> ODD_MESSAGES =
            List.of(MessagesQuirk.PADDED, MessagesQuirk.NO_PING, MessagesQuirk.MESSAGE_DELTA_TWICE);

    private HealthyButOdd() {}

    static List<Scenario> all() {
        return Stream.of(ends(), framing(), sizes(), habits()).flatMap(List::stream).toList();
    }

    private static Scenario healthy(String failure, String phase, Part primary) {
        return Scenario.of(failure, phase).primary(primary).fallback().in(Pair.SAME);
    }

    private static List<Scenario> ends() {
        List<Step> finished = new ArrayList<>(Steps.opened(0, 60));
        finished.add(new Step.Finish("stop"));
        Answer finishThenReset = Answer.of(finished).then(new Step.Cut());
        return List.of(
                healthy("odd end", "reset after the finish reason", Part.always(finishThenReset))
                        .in(List.of(Pair.CHAT_CHAT, Pair.MESSAGES_MESSAGES)),
                healthy(
                        "odd end",
                        "no [DONE], no message_stop",
                        Part.essay()
                                .quirks(ChatQuirk.NO_DONE)
                                .quirk(MessagesQuirk.NO_MESSAGE_STOP)),
                healthy(
                        "odd end",
                        "[DONE] or message_stop twice",
                        Part.always(Steps.essay().then(new Step.Done()))),
                healthy(
                        "odd end",
                        "the socket stays open after it",
                        Part.always(Steps.essay().then(new Step.Stall()))),
                healthy(
                                "odd end",
                                "usage and finish reason in one event",
                                Part.essay().quirks(ChatQuirk.USAGE_WITH_FINISH))
                        .in(Pair.CHAT_ONLY),
                healthy(
                        "odd end",
                        "by the end of the connection",
                        Part.always(Steps.essay().framed(Delivery.Framing.UNTIL_CLOSE))));
    }

    private static List<Scenario> framing() {
        Answer essay = Steps.essay();
        List<Integer> sevenths = IntStream.range(1, 3000).map(i -> 7 * i).boxed().toList();
        return List.of(
                healthy("odd framing", "CRLF", Part.always(essay.ended(LineEnd.CRLF))),
                healthy("odd framing", "CR", Part.always(essay.ended(LineEnd.CR))),
                healthy("odd framing", "data over several lines", Part.always(essay.spread())),
                healthy(
                        "odd framing",
                        "a write every seven bytes",
                        Part.always(essay.written(new Delivery.SplitAt(sevenths)))),
                healthy(
                        "odd framing",
                        "all in one write",
                        Part.always(essay.written(new Delivery.Joined()))),
                healthy(
                        "odd framing",
                        "comments and empty deltas between",
                        Part.always(
                                Steps.essayWith(
                                        20,
                                        new Step.Comment("OPENROUTER PROCESSING"),
                                        new Step.EmptyDelta(),
                                        new Step.Ping(),
                                        new Step.Comment("")))));
    }

    private static List<Scenario> sizes() {
        List<Step> slow = new ArrayList<>();
        for (int i = 0; i < 60; i += 5) {
            slow.addAll(Steps.words(i, i + 5));
            slow.add(new Step.Pause(Duration.ofSeconds(1)));
        }
        slow.addAll(Steps.end());
        return List.of(
                large(10).in(Pair.CHAT_ONLY).by(Wire.CHAT),
                large(1),
                healthy(
                                "trickle",
                                "some words every second for twelve seconds, idle_timeout 10 s",
                                Part.always(Answer.of(slow)).params("idle_timeout: 10"))
                        .first());
    }

    /** Libraries and judges take many times its memory. */
    private static Scenario large(int megabytes) {
        String text = "a megabyte or more ".repeat((megabytes << 20) / 19);
        List<Step> steps = new ArrayList<>(List.of(new Step.Text(text)));
        steps.addAll(Steps.end());
        String phase = "one event of " + megabytes + " MB";
        return healthy("odd size", phase, Part.always(Answer.of(steps))).says(text);
    }

    private static List<Scenario> habits() {
        List<Scenario> all = new ArrayList<>();
        for (ResponsesQuirk quirk : ODD_RESPONSES) {
            all.addAll(habit(quirk));
        }
        for (MessagesQuirk quirk : ODD_MESSAGES) {
            all.addAll(habit(quirk));
        }
        all.addAll(habit("Azure's", ChatQuirk.AZURE));
        all.addAll(habit("DeepSeek's", ChatQuirk.DEEPSEEK));
        all.addAll(habit("Groq's", ChatQuirk.GROQ));
        all.addAll(habit("OpenRouter's", ChatQuirk.OPENROUTER));
        all.addAll(habit("vLLM's", ChatQuirk.VLLM));
        all.addAll(
                habit(
                        "worst",
                        Set.of(
                                ChatQuirk.ERROR_NULL,
                                ChatQuirk.ROLE_REPEATED,
                                ChatQuirk.OBFUSCATION)));
        return all;
    }

    private static List<Scenario> habit(ResponsesQuirk quirk) {
        return habit(quirk.name(), part -> part.quirk(quirk), Pair.RESPONSES_ONLY);
    }

    private static List<Scenario> habit(MessagesQuirk quirk) {
        return habit(quirk.name(), part -> part.quirk(quirk), Pair.MESSAGES_ONLY);
    }

    private static List<Scenario> habit(String name, UnaryOperator<Part> manner, List<Pair> pairs) {
        String words = name.toLowerCase(Locale.ROOT).replace('_', ' ');
        return List.of(
                healthy("odd stream", words, manner.apply(Part.essay())).in(pairs),
                healthy(
                                "odd stream",
                                words + ", reset after 40 words",
                                manner.apply(Part.broken(40, new Step.Cut())))
                        .fallback(manner.apply(Part.essay()))
                        .in(pairs));
    }

    private static List<Scenario> habit(String whose, Set<ChatQuirk> quirks) {
        return List.of(
                healthy(whose + " habits", "undisturbed", Part.essay().quirks(quirks))
                        .in(Pair.CHAT_ONLY),
                healthy(
                                whose + " habits",
                                "reset after 40 words",
                                Part.broken(40, new Step.Cut()).quirks(quirks))
                        .fallback(Part.essay().quirks(quirks))
                        .in(Pair.CHAT_ONLY));
    }
}
