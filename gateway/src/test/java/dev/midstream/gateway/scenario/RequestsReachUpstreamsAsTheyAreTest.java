package dev.midstream.gateway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.RecordedRequest;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import dev.midstream.testkit.scenario.Pair;
import dev.midstream.testkit.scenario.Part;
import dev.midstream.testkit.scenario.Role;
import dev.midstream.testkit.scenario.Scenario;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What of a client's request leaves, and what is the router's own. */
class RequestsReachUpstreamsAsTheyAreTest {

    private static final String ROUTERS =
            "\"fallbacks\":[\"fallback\"],\"context_window_fallbacks\":[],\"content_policy_fallbacks\":[],"
                    + "\"disable_fallbacks\":false,\"num_retries\":1,\"timeout\":30,\"stream_timeout\":30,"
                    + "\"mock_response\":\"no\",\"mock_testing_fallbacks\":false,"
                    + "\"litellm_metadata\":{\"team\":\"boats\"},\"tags\":[\"ferry\"],"
                    + "\"metadata\":{\"run\":\"17\"}";

    private static World world(Part primary) {
        return new World(
                Scenario.of("nothing", "at all").primary(primary).fallback(),
                Pair.CHAT_CHAT,
                TransportKind.AUTO);
    }

    private static SseClient ask(World world, String members) {
        String body = new ChatTalk().request(Scenario.of("", "").asking(members), true);
        SseClient client = world.ask(body, Map.of());
        client.awaitEnd(World.PATIENCE);
        return client;
    }

    @Test
    void theRoutersOwnMembersNeverLeaveInAnyAttempt() {
        try (World world = world(Part.broken(40, new Step.Cut()))) {
            assertThat(ask(world, ROUTERS).awaitHead().status()).isEqualTo(200);
            for (Role role : new Role[] {Role.PRIMARY, Role.FALLBACK}) {
                RecordedRequest asked = world.provider(role).requests().getFirst();
                assertThat(asked.json().propertyNames())
                        .as(role.word())
                        .containsExactlyInAnyOrder("model", "stream", "stream_options", "messages");
            }
        }
    }

    @Test
    void metadataAndTagsAreInTheLog() {
        try (World world = world(Part.essay())) {
            ask(world, ROUTERS);
            JsonNode line = world.nextLogLine();
            assertThat(line.path("metadata").path("run").asString("")).isEqualTo("17");
            assertThat(line.path("litellm_metadata").path("team").asString("")).isEqualTo("boats");
            assertThat(line.path("tags").get(0).asString("")).isEqualTo("ferry");
        }
    }

    @Test
    void metadataOfAStoredAnswerIsTheProvidersBusiness() {
        try (World world = world(Part.essay())) {
            ask(world, "\"store\":true,\"metadata\":{\"run\":\"17\"}");
            JsonNode asked = world.provider(Role.PRIMARY).requests().getFirst().json();
            assertThat(asked.path("metadata").path("run").asString("")).isEqualTo("17");
        }
    }

    @Test
    void unknownMembersAndSpellingsOfNumbersSurvive() {
        try (World world = world(Part.essay())) {
            ask(
                    world,
                    "\"temperature\":0.70,\"x_vendor\":{\"deep\":[1e3,1.0]},\"x_big\":12345678901234567890");
            assertThat(world.provider(Role.PRIMARY).requests().getFirst().text())
                    .contains("\"temperature\":0.70")
                    .contains("\"x_vendor\":{\"deep\":[1e3,1.0]}")
                    .contains("\"x_big\":12345678901234567890");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"api_base", "base_url", "api_key"})
    void nobodySaysWhereARequestGoesOrByWhoseMoney(String member) {
        try (World world = world(Part.essay())) {
            SseClient refused = ask(world, "\"" + member + "\":\"https://elsewhere.example\"");
            assertThat(refused.awaitHead().status()).isEqualTo(400);
            JsonNode error = World.JSON.readTree(refused.text()).path("error");
            assertThat(error.path("type").asString("")).isEqualTo("invalid_request_error");
            assertThat(error.path("param").asString("")).isEqualTo(member);
            assertThat(world.asked(Role.PRIMARY)).isZero();
        }
    }

    @Test
    void eachUpstreamSeesItsOwnKeyAndNoOther() {
        try (World world = world(Part.broken(40, new Step.Cut()))) {
            ask(world, "");
            for (Role role : new Role[] {Role.PRIMARY, Role.FALLBACK}) {
                assertThat(
                                world.provider(role)
                                        .requests()
                                        .getFirst()
                                        .headers()
                                        .all("authorization"))
                        .containsExactly("Bearer " + role.key());
            }
        }
    }
}
