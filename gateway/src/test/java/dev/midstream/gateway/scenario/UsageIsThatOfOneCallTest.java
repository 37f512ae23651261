package dev.midstream.gateway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Step;
import dev.midstream.testkit.scenario.Pair;
import dev.midstream.testkit.scenario.Part;
import dev.midstream.testkit.scenario.Scenario;
import dev.midstream.testkit.scenario.Seen.Tokens;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * What a client is told of tokens after a break: the prompt that it sent and the answer that it
 * got, not what the attempts cost; those are in the log.
 */
class UsageIsThatOfOneCallTest {

    /** The testkit's models count words; we estimate by bytes, of which these words have six. */
    private static final int LEAST = 50;

    private static final int MOST = 90;

    private static Observation play(Scenario scenario, Pair pair, Client client) {
        int fallback = scenario.failure().equals("nothing") ? 0 : 1;
        return new Run(scenario, pair, client, TransportKind.AUTO).play(Due.whole(1, fallback));
    }

    private static Scenario broken() {
        return Scenario.of("connection reset", "after 40 words")
                .primary(Part.broken(40, new Step.Cut()))
                .fallback();
    }

    private static Scenario undisturbed() {
        return Scenario.of("nothing", "at all").primary(Part.essay()).fallback();
    }

    @ParameterizedTest
    @EnumSource
    void undisturbedItIsTheUpstreamsOwn(Client client) {
        Observation observed = play(undisturbed(), Pair.CHAT_MESSAGES, client);
        JsonNode told = observed.line().path("attempts").get(0).path("usage");
        Tokens tokens = Objects.requireNonNull(observed.seen().tokens());
        assertThat(tokens.completion()).isEqualTo(60);
        assertThat(tokens.prompt()).isEqualTo(told.path("input").asLong());
        assertThat(told.has("estimated")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void afterABreakItHoldsEachWordOnceAndThePromptOnce(Pair pair) {
        Observation observed = play(broken(), pair, Client.CHAT_STREAM);
        Tokens tokens = Objects.requireNonNull(observed.seen().tokens());
        JsonNode second = observed.line().path("attempts").get(1).path("usage");
        assertThat(tokens.completion()).isBetween((long) LEAST, (long) MOST);
        assertThat(tokens.prompt()).isLessThan(second.path("input").asLong());
        assertThat(observed.line().path("usage").path("estimated").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"MESSAGES_CHAT", "MESSAGES_MESSAGES"})
    void thePromptsFigureIsTheFirstUpstreamsWhereItToldOne(Pair pair) {
        Observation observed = play(broken(), pair, Client.CHAT_STREAM);
        long told = observed.line().path("attempts").get(0).path("usage").path("input").asLong();
        assertThat(Objects.requireNonNull(observed.seen().tokens()).prompt()).isEqualTo(told);
    }
}
