package dev.midstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.testkit.Step.AwaitRelease;
import dev.midstream.testkit.Step.Stall;
import dev.midstream.testkit.Step.Text;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientsAreObservedTest {

    private final ScriptedProvider provider = ScriptedProvider.start(Dialect.chat());

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void recordsWhatWasAsked() {
        provider.enqueue(Answer.text("Once"));

        URI url = URI.create(ChatRequests.url(provider) + "?api-version=1");
        try (var client =
                SseClient.to(url)
                        .header("Authorization", "Bearer secret")
                        .post(ChatRequests.STREAM)) {
            client.awaitEnd();
        }

        RecordedRequest request = provider.nextExchange().request();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/v1/chat/completions");
        assertThat(request.target()).isEqualTo("/v1/chat/completions?api-version=1");
        assertThat(request.credential()).hasValue("secret");
        assertThat(request.json().path("model").asString()).isEqualTo("gpt-x");
        assertThat(request.wantsStream()).isTrue();
    }

    @Test
    void noticesAClientThatClosesWhileTheProviderIsSilent() {
        provider.enqueue(Answer.of(new Stall()));

        try (var client = ChatRequests.ask(provider, ChatRequests.STREAM)) {
            Exchange exchange = provider.nextExchange();
            client.leave();
            assertThat(exchange.awaitEnd().kind()).isEqualTo(ExchangeEnd.Kind.CLIENT_CLOSED);
        }
    }

    @Test
    void noticesAClientThatResetsWhileTheProviderWaitsAtAGate() {
        Gate gate = new Gate();
        provider.enqueue(Answer.of(new Text("One"), new AwaitRelease(gate), new Text("two")));

        try (var client = ChatRequests.ask(provider, ChatRequests.STREAM)) {
            gate.awaitReached();
            client.reset();
            ExchangeEnd end = provider.nextExchange().awaitEnd();
            assertThat(end.kind()).isEqualTo(ExchangeEnd.Kind.CLIENT_RESET);
            assertThat(end.events()).isEqualTo(2);
        }
    }

    @Test
    void noticesAClientThatLeavesWhileItDoesNotRead() {
        Gate gate = new Gate();
        provider.enqueue(
                Answer.of(
                        new AwaitRelease(gate),
                        new Text("x".repeat(8_000_000)),
                        new Text("x".repeat(8_000_000))));

        try (var client =
                SseClient.to(ChatRequests.url(provider))
                        .notReading()
                        .receiveBuffer(4096)
                        .post(ChatRequests.STREAM)) {
            gate.awaitReached();
            gate.open();
            client.leave();
            assertThat(provider.nextExchange().awaitEnd().clientLeft()).isTrue();
        }
    }

    @Test
    void noticesAClientThatReadsOnAfterAPause() {
        provider.enqueue(Answer.text("x".repeat(1_000_000)));

        try (var client =
                SseClient.to(ChatRequests.url(provider))
                        .notReading()
                        .receiveBuffer(4096)
                        .post(ChatRequests.STREAM)) {
            Exchange exchange = provider.nextExchange();
            assertThat(exchange.isOver()).isFalse();
            client.resumeReading();
            assertThat(client.awaitEnd()).isEqualTo(SseClient.End.CLEAN);
            assertThat(exchange.awaitEnd().kind()).isEqualTo(ExchangeEnd.Kind.ANSWERED);
        }
    }

    @Test
    void countsNoOpenConnectionAfterAllHaveLeft() {
        provider.answering(Answer.of(new Stall()));

        List<SseClient> clients = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            clients.add(ChatRequests.ask(provider, ChatRequests.STREAM));
        }
        clients.forEach(ignored -> provider.nextExchange());
        assertThat(provider.openConnections()).isEqualTo(50);
        clients.forEach(SseClient::close);
        provider.awaitNoConnections();
        assertThat(provider.openExchanges()).isZero();
    }

    @Test
    void keepsAConnectionForTheNextRequest() throws IOException, InterruptedException {
        provider.answering(Answer.text("Once"));

        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpRequest request =
                    HttpRequest.newBuilder(ChatRequests.url(provider))
                            .POST(HttpRequest.BodyPublishers.ofString(ChatRequests.STREAM))
                            .build();
            for (int i = 0; i < 3; i++) {
                assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).body())
                        .endsWith("data: [DONE]\n\n");
            }
        }
        assertThat(provider.requests()).hasSize(3);
        assertThat(provider.connections()).isOne();
    }

    @Test
    void answersAnUnknownPathAndAnUnscriptedRequestWithAnError() {
        URI elsewhere = provider.origin().resolve("/v2/elsewhere");
        try (var lost = SseClient.post(elsewhere, ChatRequests.STREAM);
                var early = ChatRequests.ask(provider, ChatRequests.STREAM)) {
            assertThat(lost.awaitHead().status()).isEqualTo(404);
            assertThat(early.awaitHead().status()).isEqualTo(418);
        }
    }

    @Test
    void answersARouteOfItsOwnBesidesTheProtocol() {
        provider.route(
                "/token",
                request ->
                        Answer.of(
                                new Step.Status(
                                        200, Map.of(), "{\"for\":\"" + request.text() + "\"}")));
        try (var client = SseClient.post(provider.origin().resolve("/token"), "grant=jwt")) {
            client.awaitEnd();
            assertThat(client.text()).isEqualTo("{\"for\":\"grant=jwt\"}");
        }
    }

    @Test
    void showsTheFailureOfAResponderToWhoAsks() {
        provider.answering(
                request -> {
                    throw new IllegalStateException("no idea");
                });
        try (var client = ChatRequests.ask(provider, ChatRequests.STREAM)) {
            assertThat(client.awaitHead().status()).isEqualTo(500);
            client.awaitEnd();
            assertThat(client.text()).contains("no idea");
        }
    }

    @Test
    void showsTheFailureOfAScriptToWhoWaitsForItsEnd() {
        provider.enqueue(Answer.of(new Step.Torn(new Text("plain"), Step.Tear.INSIDE_CHARACTER)));
        try (var client = ChatRequests.ask(provider, ChatRequests.STREAM)) {
            Exchange exchange = provider.nextExchange();
            assertThat(client.awaitEnd()).isEqualTo(SseClient.End.CUT);
            assertThatThrownBy(exchange::awaitEnd)
                    .isInstanceOf(AssertionError.class)
                    .hasStackTraceContaining("no character of several bytes in data: {");
        }
    }
}
