package dev.midstream.gateway.drill;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the request log tells of one request. Immutable.
 *
 * @param labels what people call the deployments, by their ids
 */
record Attempts(JsonNode line, Map<String, String> labels) {

    int count() {
        return line.path("attempts").size();
    }

    /** Tokens that all attempts together cost, as far as they were told. */
    long tokens() {
        long tokens = 0;
        for (JsonNode attempt : line.path("attempts")) {
            JsonNode usage = attempt.path("usage");
            tokens += usage.path("input").asLong(0) + usage.path("output").asLong(0);
        }
        return tokens;
    }

    /** Who served in the end and how, empty where the first one did. */
    String how() {
        JsonNode last = served();
        if (last == null || count() < 2) {
            return "";
        }
        String who = labels.getOrDefault(last.path("deployment").asString(""), "?");
        String method = last.path("method").asString("");
        String seam = last.path("seam").asString("");
        String how =
                switch (method) {
                    case "original" -> again(last) ? "asked again" : "asked " + who;
                    case "resume" -> "resumed on " + who;
                    case "restart" -> "restarted on " + who;
                    default -> "continued by " + method.replace('_', ' ') + " on " + who;
                };
        return seam.isEmpty() ? how : how + ", seam " + seam;
    }

    /** Whether it was the deployment before it, too. */
    private boolean again(JsonNode last) {
        JsonNode first = line.path("attempts").get(0);
        return first.path("deployment").equals(last.path("deployment"));
    }

    private @Nullable JsonNode served() {
        List<JsonNode> attempts = List.copyOf(line.path("attempts").values());
        return attempts.reversed().stream()
                .filter(attempt -> !attempt.has("cause"))
                .findFirst()
                .orElse(attempts.isEmpty() ? null : attempts.getLast());
    }
}
