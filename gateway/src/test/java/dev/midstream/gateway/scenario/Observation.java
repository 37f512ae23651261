package dev.midstream.gateway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.testkit.scenario.Role;
import dev.midstream.testkit.scenario.Seen;
import dev.midstream.testkit.scenario.Seen.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What was seen of a run.
 *
 * @param seen by whoever asked
 * @param asks how many requests each upstream received
 * @param attempts as the request log or the library's report tells them
 * @param line of the request log; missing where there is none
 */
record Observation(Seen seen, Map<Role, Integer> asks, List<Taken> attempts, JsonNode line) {

    private static final int MOST_SHOWN = 8000;

    /**
     * One attempt.
     *
     * @param method how it took up what was there
     * @param seam the grade of its join, {@code –} if it had none
     */
    record Taken(String method, String seam) {}

    Observation {
        attempts = List.copyOf(attempts);
    }

    /** Beyond what is due it is what a client of a gateway saw, too. */
    void verifyLike(Observation gateways) {
        assertThat(attempts).as("attempts").isEqualTo(gateways.attempts);
        assertThat(asks).as("requests").isEqualTo(gateways.asks);
        assertThat(seen.finish()).as("finish reason").isEqualTo(gateways.seen.finish());
        assertThat(seen.tokens()).as("usage").isEqualTo(gateways.seen.tokens());
        assertThat(told(seen.trouble())).as("error").isEqualTo(told(gateways.seen.trouble()));
    }

    /** Type, code and message, and what was tried. */
    private static List<String> told(@Nullable Trouble trouble) {
        if (trouble == null) {
            return List.of();
        }
        List<String> told =
                new ArrayList<>(List.of(trouble.type(), trouble.code(), trouble.message()));
        for (JsonNode attempt : trouble.midstream().path("attempts")) {
            told.add(attempt.path("group").asString() + ": " + attempt.path("cause").asString());
        }
        return told;
    }

    /** In a message of reasonable length. */
    String shortened() {
        String text = toString();
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
    }
}
