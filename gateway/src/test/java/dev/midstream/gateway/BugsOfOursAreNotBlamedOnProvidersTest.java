package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.driver.AccessTokens;
import dev.midstream.driver.Equipment;
import dev.midstream.driver.Loop;
import dev.midstream.model.Draft;
import dev.midstream.model.Frame;
import dev.midstream.model.ProviderError;
import dev.midstream.model.Request;
import dev.midstream.model.Secret;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.Target;
import dev.midstream.model.Usage;
import dev.midstream.protocol.AnswerEncoder;
import dev.midstream.protocol.ByteSink;
import dev.midstream.protocol.ClientProtocol;
import dev.midstream.protocol.ErrorReport;
import dev.midstream.protocol.FrameSink;
import dev.midstream.protocol.InvalidRequest;
import dev.midstream.protocol.StreamDecoder;
import dev.midstream.protocol.Untranslatable;
import dev.midstream.protocol.UpstreamProtocol;
import dev.midstream.routing.Credential;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.SseClient;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BugsOfOursAreNotBlamedOnProvidersTest {

    private static final String CONFIGURATION =
            """
            model_list:
              - model_name: primary
                litellm_params: {model: openai/one, api_base: os.environ/PRIMARY, api_key: sk-primary}
            router_settings: {num_retries: 0, allowed_fails: 0}
            """;

    private static final UpstreamProtocol CHAT =
            Objects.requireNonNull(new Protocols(new byte[32]).upstream().get("openai-chat"));

    @Test
    void aDecoderThatThrowsEndsInAnInternalErrorAndCoolsNobody() {
        try (Workbench bench = bench(new Protocols(new byte[32]).plain(), new BadDecoder());
                SseClient client = bench.stream()) {
            assertThat(client.awaitHead().status()).isEqualTo(500);
            assertThat(client.awaitEnd()).isEqualTo(SseClient.End.CLEAN);
            assertThat(client.text()).contains("\"internal\"").doesNotContain("HTTP", "decoder");
            assertLeftAlone(bench);
        }
    }

    @Test
    void anEncoderThatThrowsLeavesNothingInFlight() {
        try (Workbench bench = bench(new BadEncoder(new Protocols(new byte[32]).plain()), CHAT);
                SseClient client = bench.stream()) {
            assertThat(client.awaitEnd()).isEqualTo(SseClient.End.CLEAN);
            assertThat(client.text()).contains("internal_error").doesNotContain("encoder");
            assertLeftAlone(bench);
        }
    }

    private static Workbench bench(ClientProtocol asked, UpstreamProtocol spoken) {
        return new Workbench(
                Workbench.provider(Dialect.chat()).enqueue(Answer.text("Once", " upon")),
                CONFIGURATION,
                asked,
                Map.of(spoken.name(), spoken),
                new NoTokens());
    }

    private static void assertLeftAlone(Workbench bench) {
        assertThat(bench.primary.requests()).hasSize(1);
        assertThat(bench.deployments())
                .singleElement()
                .satisfies(
                        one -> {
                            assertThat(one.inFlight()).isZero();
                            assertThat(one.cooledFor()).isNull();
                        });
    }

    private static final class NoTokens implements AccessTokens {
        @Override
        public CompletionStage<Secret> token(
                Credential.GoogleToken credential, Equipment equipment, Loop loop) {
            throw new AssertionError();
        }

        @Override
        public void refused(Credential.GoogleToken credential) {
            throw new AssertionError();
        }
    }

    private static final class BadDecoder implements UpstreamProtocol, StreamDecoder {
        @Override
        public String name() {
            return CHAT.name();
        }

        @Override
        public byte[] encode(Draft draft, Target target) throws Untranslatable {
            return CHAT.encode(draft, target);
        }

        @Override
        public StreamDecoder streamDecoder(Target target) {
            return this;
        }

        @Override
        public StreamDecoder plainDecoder(Target target) {
            return this;
        }

        @Override
        public ProviderError error(
                int status, Function<String, @Nullable String> header, byte[] body) {
            return CHAT.error(status, header, body);
        }

        @Override
        public void feed(byte[] bytes, int offset, int length, FrameSink sink) {
            throw new IllegalStateException("a bug in the decoder");
        }

        @Override
        public void end(FrameSink sink) {}
    }

    private record BadEncoder(ClientProtocol sound) implements ClientProtocol {
        @Override
        public String name() {
            return sound.name();
        }

        @Override
        public boolean blocksInOrder() {
            return sound.blocksInOrder();
        }

        @Override
        public Request parse(byte[] body, Function<String, @Nullable String> header)
                throws InvalidRequest {
            return sound.parse(body, header);
        }

        @Override
        public AnswerEncoder encoder(Request request, Supplier<String> minted, long now) {
            return new Throwing(sound.encoder(request, minted, now));
        }

        @Override
        public byte[] error(ErrorReport report) {
            return sound.error(report);
        }

        @Override
        public byte[] error(
                int status,
                String type,
                @Nullable String code,
                @Nullable String param,
                String message) {
            return sound.error(status, type, code, param, message);
        }
    }

    private record Throwing(AnswerEncoder sound) implements AnswerEncoder {
        @Override
        public String contentType() {
            return sound.contentType();
        }

        @Override
        public void frame(Frame frame, ByteSink out) {
            throw new IllegalStateException("a bug in the encoder");
        }

        @Override
        public void event(StreamEvent event, ByteSink out) {
            throw new IllegalStateException("a bug in the encoder");
        }

        @Override
        public void heartbeat(ByteSink out) {
            sound.heartbeat(out);
        }

        @Override
        public void comment(String text, ByteSink out) {
            sound.comment(text, out);
        }

        @Override
        public void reset() {
            sound.reset();
        }

        @Override
        public void finish(Usage usage, ByteSink out) {
            sound.finish(usage, out);
        }

        @Override
        public void fail(ErrorReport report, ByteSink out) {
            sound.fail(report, out);
        }
    }
}
