package dev.midstream.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.driver.UpstreamRequest;
import dev.midstream.model.Failure;
import dev.midstream.routing.Passage;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.RecordedRequest;
import dev.midstream.testkit.ScriptedProvider;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersOfTheConnectionAreItsOwnTest {

    private final ScriptedProvider provider = ScriptedProvider.start(Dialect.chat());
    private final JdkTransport transport = new JdkTransport();

    @AfterEach
    void stop() {
        transport.close();
        provider.close();
    }

    @Test
    void theyAreLeftOutAndTheOthersSent() {
        provider.enqueue(Answer.text("one"));
        Map<String, String> headers = new HashMap<>();
        headers.put("Connection", "close");
        headers.put("content-length", "3");
        headers.put("expect", "100-continue");
        headers.put("transfer-encoding", "chunked");
        headers.put("upgrade", "websocket");
        headers.put("host", provider.baseUrl().getAuthority());
        headers.put("X-Team", "blue green");
        assertThat(ask(headers).failure()).isNull();
        RecordedRequest sent = provider.requests().getFirst();
        assertThat(sent.headers().first("host")).hasValue(provider.baseUrl().getAuthority());
        assertThat(sent.headers().first("x-team")).hasValue("blue green");
        assertThat(sent.headers().first("authorization")).hasValue("Bearer sk-key");
        assertThat(sent.headers().first("expect")).isEmpty();
        assertThat(sent.headers().first("upgrade")).isEmpty();
        assertThat(sent.headers().first("transfer-encoding")).isEmpty();
        assertThat(sent.text()).contains("\"content\":\"hi\"");
    }

    @Test
    void anotherHostCannotBeNamed() {
        isUnusable(ask(Map.of("host", "elsewhere.test")), "elsewhere");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sk-secret\r\nx: y", "sk-secret\n", "sk-secret\u0000", "sk-secret\u20ac"})
    void whatHttpCannotCarryIsNotRepeated(String value) {
        isUnusable(ask(Map.of("authorization", "Bearer " + value)), "sk-secret");
        isUnusable(ask(Map.of(value, "x")), "sk-secret");
    }

    @Test
    void whatIsNoUrlOfHttpIsNotAsked() {
        UpstreamRequest request =
                new UpstreamRequest(
                        "POST",
                        URI.create("ftp://me:sk-secret@provider.test/v1"),
                        Map.of(),
                        new byte[0],
                        Duration.ofSeconds(1),
                        Passage.DIRECT);
        isUnusable(Asked.of(transport, request).told(), "sk-secret");
    }

    @Test
    void aRequestWithoutABodyHasNone() {
        provider.route("/v1/kept", asked -> Answer.text("kept"));
        UpstreamRequest request =
                new UpstreamRequest(
                        "GET",
                        URI.create(provider.baseUrl() + "/kept"),
                        Map.of("accept", "text/event-stream"),
                        new byte[0],
                        Duration.ofSeconds(5),
                        Passage.DIRECT);
        Told told = Asked.of(transport, request).told();
        assertThat(told.failure()).isNull();
        assertThat(told.text()).contains("kept");
        assertThat(provider.requests().getFirst().method()).isEqualTo("GET");
    }

    private Told ask(Map<String, String> headers) {
        return Asked.of(
                        transport,
                        Asked.request(
                                provider.baseUrl(), Duration.ofSeconds(5), Passage.DIRECT, headers))
                .told();
    }

    private void isUnusable(Told told, String secret) {
        assertThat(told.failure())
                .isInstanceOfSatisfying(
                        Failure.Unusable.class,
                        failure -> assertThat(failure.message()).doesNotContain(secret));
        StringWriter trace = new StringWriter();
        Throwable thrown = told.thrown();
        assertThat(thrown).isNotNull();
        thrown.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain(secret);
        assertThat(provider.requests()).isEmpty();
    }
}
