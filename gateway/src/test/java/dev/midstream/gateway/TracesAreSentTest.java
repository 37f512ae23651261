package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.midstream.config.Telemetry;
import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.model.Secret;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Spans arrive at a collector, as OTLP over HTTP. */
class TracesAreSentTest {

    private static final String[] TEXT =
            "The bridge was built in the year of the flood.".split("(?= )");
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    /** What came at the collector's path of traces. */
    private record Sent(String type, String key, byte[] body) {
        boolean holds(byte[] part) {
            String all = new String(body, StandardCharsets.ISO_8859_1);
            return all.contains(new String(part, StandardCharsets.ISO_8859_1));
        }

        boolean holds(String text) {
            return holds(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
    private HttpServer collector;

    @BeforeEach
    void listen() throws IOException {
        collector =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext(
                "/v1/traces",
                exchange -> {
                    sent.add(
                            new Sent(
                                    exchange.getRequestHeaders().getFirst("content-type"),
                                    exchange.getRequestHeaders().getFirst("x-key"),
                                    exchange.getRequestBody().readAllBytes()));
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        collector.start();
    }

    @AfterEach
    void stop() {
        collector.stop(0);
    }

    private Telemetry traced() {
        String url = "http://127.0.0.1:" + collector.getAddress().getPort();
        return new Telemetry(
                false,
                false,
                true,
                Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT", Secret.of(url),
                        "OTEL_EXPORTER_OTLP_HEADERS", Secret.of("x-key=secret"),
                        "OTEL_RESOURCE_ATTRIBUTES", Secret.of("deployment.environment=test"),
                        "OTEL_BSP_SCHEDULE_DELAY", Secret.of("50")));
    }

    private Sent next() throws InterruptedException {
        Sent next = sent.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("waited 10 s in vain for spans");
        }
        return next;
    }

    @Test
    void aRequestAndItsAttemptsAreSpansOfTheClientsTrace() throws Exception {
        try (Rig rig =
                new Rig(
                        TransportKind.AUTO,
                        Rig.CONFIGURATION,
                        GatewayOptions.DEFAULTS.telling(traced()))) {
            rig.primary.enqueue(Answer.text(TEXT).brokenAfterEvents(8, new Step.Cut()));
            rig.fallback.enqueue(Answer.text(TEXT));
            rig.keep(
                            SseClient.to(rig.chat())
                                    .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                                    .post(Rig.request("primary", true)))
                    .awaitEnd();
            Sent spans = next();
            assertThat(spans.type()).isEqualTo("application/x-protobuf");
            assertThat(spans.key()).isEqualTo("secret");
            assertThat(spans.holds(HexFormat.of().parseHex(TRACE))).isTrue();
            for (String part :
                    new String[] {
                        "midstream",
                        "deployment.environment",
                        "POST /v1/chat/completions",
                        "chat one",
                        "chat two",
                        "midstream.break",
                        "midstream.seam"
                    }) {
                assertThat(spans.holds(part)).as(part).isTrue();
            }
        }
    }

    @Test
    void whatIsLeftIsSentAtTheEnd() throws Exception {
        Telemetry slow =
                new Telemetry(
                        false,
                        false,
                        true,
                        Map.of(
                                "OTEL_EXPORTER_OTLP_ENDPOINT",
                                traced().openTelemetry().get("OTEL_EXPORTER_OTLP_ENDPOINT"),
                                "OTEL_BSP_SCHEDULE_DELAY",
                                Secret.of("60000")));
        try (Rig rig =
                new Rig(
                        TransportKind.AUTO,
                        Rig.CONFIGURATION,
                        GatewayOptions.DEFAULTS.telling(slow))) {
            rig.primary.enqueue(Answer.text("hi"));
            rig.stream().awaitEnd();
            rig.nextLogLine();
        }
        assertThat(next().holds("chat one")).isTrue();
    }

    @Test
    void variablesThatCannotBeUsedKeepItFromStarting() {
        Telemetry wrong =
                new Telemetry(
                        false,
                        false,
                        true,
                        Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", Secret.of("not a url")));
        assertThatThrownBy(
                        () ->
                                new Rig(
                                        TransportKind.AUTO,
                                        Rig.CONFIGURATION,
                                        GatewayOptions.DEFAULTS.telling(wrong)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("traces cannot be sent");
    }
}
