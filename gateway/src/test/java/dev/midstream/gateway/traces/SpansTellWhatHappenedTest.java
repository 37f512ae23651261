package dev.midstream.gateway.traces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.driver.Outcome;
import dev.midstream.gateway.log.RequestLine;
import dev.midstream.model.Failure;
import dev.midstream.model.Method;
import dev.midstream.model.SeamGrade;
import dev.midstream.model.Target;
import dev.midstream.model.Usage;
import dev.midstream.relay.Summary;
import dev.midstream.relay.Summary.Attempt;
import dev.midstream.relay.Summary.Delivery;
import dev.midstream.routing.Credential;
import dev.midstream.routing.Endpoint;
import dev.midstream.routing.Face;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The spans of an answer that broke off and went on. */
class SpansTellWhatHappenedTest {

    private static final Instant BEGAN = Instant.parse("2026-11-20T12:00:00Z");
    private static final long ZERO = Duration.ofDays(3).toNanos();
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static long at(int millis) {
        return ZERO + Duration.ofMillis(millis).toNanos();
    }

    private static Face face(String provider, String model) {
        URI url = URI.create("https://api.example.com/v1/chat/completions");
        return new Face(
                new Target(
                        "id",
                        "g",
                        provider,
                        model,
                        "openai-chat",
                        "",
                        Map.of(),
                        false,
                        List.of(),
                        List.of()),
                new Endpoint(url, url, Map.of(), new Credential.None()));
    }

    private static Attempt attempt(
            int number,
            Face face,
            Method method,
            int began,
            int ended,
            @Nullable Failure failure,
            @Nullable SeamGrade grade,
            Delivery delivery) {
        return new Attempt(
                number,
                "d" + number,
                "g" + number,
                face.target().model() + "-2026",
                method,
                at(began),
                at(began + 5),
                at(ended),
                failure,
                grade,
                0,
                Usage.of(10 * number, number),
                true,
                face,
                number > 1,
                "req_" + number,
                delivery,
                0.5 * number);
    }

    private static List<SpanData> of(Map<String, String> headers) {
        RequestLine line =
                new RequestLine(
                        "call", "openai-chat", "asked", "g", true, BEGAN, ZERO, Map.of(), headers);
        Attempt broken =
                attempt(
                        1,
                        face("azure", "one"),
                        Method.ORIGINAL,
                        1,
                        40,
                        new Failure.Cut(true, "cut"),
                        null,
                        new Delivery(0, 7, at(6), 0));
        Attempt continued =
                attempt(
                        2,
                        face("anthropic", "two"),
                        Method.USER_TURN,
                        41,
                        90,
                        null,
                        SeamGrade.ANCHORED,
                        new Delivery(7, 9, at(60), Duration.ofMillis(25).toNanos()));
        Summary summary = new Summary(List.of(broken, continued), Usage.of(10, 20), true, 0);
        InMemorySpanExporter spans = InMemorySpanExporter.create();
        SdkTracerProvider provider =
                SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(spans))
                        .build();
        try (Traces traces =
                new Traces(OpenTelemetrySdk.builder().setTracerProvider(provider).build(), "1")) {
            traces.ended(line, new Outcome.Completed(summary), at(100));
            return List.copyOf(spans.getFinishedSpanItems());
        }
    }

    private static SpanData named(List<SpanData> all, String name) {
        return all.stream().filter(s -> s.getName().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void theServersSpanHoldsThoseOfTheAttempts() {
        List<SpanData> all = of(Map.of());
        assertThat(all).hasSize(3);
        SpanData server = named(all, "POST /v1/chat/completions");
        assertThat(server.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(server.getParentSpanContext().isValid()).isFalse();
        assertThat(server.getEndEpochNanos() - server.getStartEpochNanos())
                .isEqualTo(Duration.ofMillis(100).toNanos());
        assertThat(server.getAttributes().get(Names.COST)).isEqualTo(1.5);
        assertThat(server.getAttributes().get(Names.OUTPUT)).isEqualTo(20);
        for (String name : List.of("chat one", "chat two")) {
            SpanData attempt = named(all, name);
            assertThat(attempt.getKind()).isEqualTo(SpanKind.CLIENT);
            assertThat(attempt.getParentSpanId()).isEqualTo(server.getSpanId());
            assertThat(attempt.getTraceId()).isEqualTo(server.getTraceId());
        }
    }

    @Test
    void theClientsTraceGoesOn() {
        Map<String, String> header = Map.of("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01");
        SpanData server = named(of(header), "POST /v1/chat/completions");
        assertThat(server.getTraceId()).isEqualTo(TRACE);
        assertThat(server.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
    }

    @Test
    void whatIsNoTraceparentBeginsATraceOfItsOwn() {
        for (String wrong : List.of("", "00-zz-1-01", "x".repeat(9000), "00-" + TRACE)) {
            SpanData server = named(of(Map.of("traceparent", wrong)), "POST /v1/chat/completions");
            assertThat(server.getParentSpanContext().isValid()).isFalse();
        }
    }

    @Test
    void aBreakIsAnErrorWithItsCauseAndItsTime() {
        SpanData broken = named(of(Map.of()), "chat one");
        assertThat(broken.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(broken.getAttributes().asMap())
                .containsEntry(Names.ERROR, "cut")
                .containsEntry(Names.PROVIDER, "azure.ai.openai")
                .containsEntry(Names.REQUEST_MODEL, "one")
                .containsEntry(Names.RESPONSE_MODEL, "one-2026")
                .containsEntry(Names.INPUT, 10L)
                .containsEntry(Names.SERVER, "api.example.com")
                .containsEntry(Names.PORT, 443L)
                .containsEntry(Names.REQUEST_ID, "req_1")
                .containsEntry(Names.METHOD, "original");
        assertThat(broken.getEvents())
                .extracting(EventData::getName)
                .containsExactly("midstream.first_token", "midstream.break");
        assertThat(broken.getEvents().get(1).getEpochNanos()).isEqualTo(broken.getEndEpochNanos());
    }

    @Test
    void aContinuationTellsItsSeam() {
        List<SpanData> all = of(Map.of());
        SpanData continued = named(all, "chat two");
        assertThat(continued.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(continued.getAttributes().asMap())
                .containsEntry(Names.METHOD, "user_turn")
                .containsEntry(Names.GRADE, "anchored");
        EventData seam = named(all, "POST /v1/chat/completions").getEvents().get(0);
        assertThat(seam.getName()).isEqualTo("midstream.seam");
        assertThat(seam.getAttributes().get(Names.GAP)).isEqualTo(0.025);
    }
}
