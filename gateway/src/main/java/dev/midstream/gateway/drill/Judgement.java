package dev.midstream.gateway.drill;

import dev.midstream.gateway.drill.Cell.Broken;
import dev.midstream.gateway.drill.Cell.TrueError;
import dev.midstream.gateway.drill.Cell.Whole;
import dev.midstream.testkit.ModelAnswer.ToolBlock;
import dev.midstream.testkit.scenario.Scenario;
import dev.midstream.testkit.scenario.Seen;
import dev.midstream.testkit.scenario.Seen.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Whether what a client saw is the whole answer once, or the true error. */
final class Judgement {

    private Judgement() {}

    static Cell of(Scenario scenario, Seen seen, Attempts attempts, Duration took) {
        List<String> texts = new ArrayList<>(List.of(scenario.wholeText()));
        texts.addAll(scenario.others());
        String words = seen.inWords(scenario.wholeText()).replace("`", "");
        boolean beginning = texts.stream().anyMatch(text -> text.startsWith(seen.text()));
        if (seen.trouble() != null) {
            boolean told = !seen.trouble().type().isEmpty() && !seen.trouble().message().isBlank();
            return told && beginning
                    ? new TrueError(error(words), attempts.count(), took)
                    : new Broken(words);
        }
        return held(scenario, seen, texts, beginning)
                ? new Whole(what(words, seen), attempts.how(), attempts.count(), took)
                : new Broken(words);
    }

    private static String error(String words) {
        return words.startsWith("HTTP ")
                ? "the true error: " + words.substring("HTTP ".length())
                : words.replace(", then error ", ", then the true error: ");
    }

    private static String what(String words, Seen seen) {
        return switch (Objects.requireNonNullElse(seen.finish(), "")) {
            case "stop" -> words.startsWith("whole answer") ? "whole" : words;
            case "tool_calls" -> "whole: " + words.replace(", tool_calls", "");
            default -> words;
        };
    }

    private static boolean held(
            Scenario scenario, Seen seen, List<String> texts, boolean beginning) {
        return switch (Objects.requireNonNullElse(seen.finish(), "")) {
            case "stop" -> texts.contains(seen.text()) && seen.calls().isEmpty();
            case "tool_calls" -> texts.contains(seen.text()) && calls(scenario, seen);
            case "content_filter", "length" -> beginning;
            default -> false;
        };
    }

    /** Each call as it was said; those behind a break may be left to the client's next turn. */
    private static boolean calls(Scenario scenario, Seen seen) {
        List<Call> said =
                scenario.answer().blocks().stream()
                        .filter(ToolBlock.class::isInstance)
                        .map(ToolBlock.class::cast)
                        .map(block -> new Call(block.name(), block.arguments()).parsed())
                        .toList();
        List<Call> came = seen.calls().stream().map(Call::parsed).toList();
        return !came.isEmpty()
                && came.size() <= said.size()
                && said.subList(0, came.size()).equals(came);
    }
}
