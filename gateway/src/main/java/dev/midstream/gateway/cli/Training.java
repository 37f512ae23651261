package dev.midstream.gateway.cli;

import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.passage.TlsFront;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A gateway as {@code serve} starts it, between the demo's providers and a client of ours: plain
 * and streamed answers of every protocol, one whose provider breaks off, one that comes by TLS. No
 * variable of the environment counts: nobody outside this machine is asked. Not thread-safe.
 */
final class Training implements AutoCloseable {

    private static final ServeOptions ANYWHERE =
            new ServeOptions(0, "127.0.0.1", false, Duration.ZERO, null);

    private static final List<String> GROUPS = List.of("breaking", "whole", "tls", "plain");

    /** A request's path and body, but for the model and whether it streams. */
    private record Ask(String path, String body) {}

    private static final List<Ask> ASKS =
            List.of(
                    new Ask(
                            "/v1/chat/completions",
                            "{\"model\":\"%s\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"Go on.\"}]}"),
                    new Ask(
                            "/v1/messages",
                            "{\"model\":\"%s\",\"stream\":%s,\"max_tokens\":1000,\"messages\":[{\"role\":\"user\",\"content\":\"Go on.\"}]}"),
                    new Ask(
                            "/v1/responses",
                            "{\"model\":\"%s\",\"stream\":%s,\"input\":\"Go on.\"}"));

    private final DemoProviders providers;
    private final TlsFront front;
    private final Path folder;
    private final Serving serving;

    private Training(DemoProviders providers, TlsFront front, Path folder, Serving serving) {
        this.providers = providers;
        this.front = front;
        this.folder = folder;
        this.serving = serving;
    }

    static Training start(Terminal terminal) {
        DemoProviders providers = DemoProviders.start(Duration.ZERO);
        TlsFront front = TlsFront.of(providers.fallback().getPort());
        try {
            Path folder = Files.createTempDirectory("midstream-train");
            Path config = written(folder, providers, front);
            Serving serving = Serving.start(config, ANYWHERE, name -> null, terminal);
            terminal.tell(serving.greeting());
            return new Training(providers, front, folder, serving);
        } catch (IOException e) {
            throw new CannotStart("the training needs a temporary folder: " + e.getMessage());
        }
    }

    private static Path written(Path folder, DemoProviders providers, TlsFront front)
            throws IOException {
        Path certificate =
                Files.writeString(folder.resolve("certificate.pem"), TlsFront.certificate());
        return Files.writeString(
                folder.resolve("config.yaml"), configuration(providers, front.port(), certificate));
    }

    private static String configuration(DemoProviders providers, int tlsPort, Path certificate) {
        return """
               model_list:
                 - model_name: breaking
                   litellm_params: {model: anthropic/river-1, api_base: '%1$s', api_key: none}
                 - model_name: whole
                   litellm_params: {model: openai/river-2, api_base: '%2$s', api_key: none}
                 - model_name: tls
                   litellm_params: {model: openai/river-2, api_base: 'https://localhost:%3$d%4$s', api_key: none, ssl_verify: '%5$s'}
                 - model_name: plain
                   litellm_params: {model: openai/river-2, api_base: '%2$s', api_key: none}
                   model_info: {non_streaming: plain}
               router_settings:
                 fallbacks: [{breaking: [whole]}]
                 cooldown_time: 0
               """
                .formatted(
                        providers.environment().get("DEMO_PRIMARY"),
                        providers.fallback(),
                        tlsPort,
                        providers.fallback().getPath(),
                        certificate);
    }

    /**
     * Asks for everything so many times; returns how many answers that were.
     *
     * @throws IllegalStateException if one was not whole
     */
    int rounds(int count) {
        int answers = 0;
        for (int round = 0; round < count; round++) {
            for (Ask ask : ASKS) {
                for (String group : GROUPS) {
                    answer(ask, group, true);
                    answer(ask, group, false);
                    answers += 2;
                }
            }
        }
        return answers;
    }

    private void answer(Ask ask, String group, boolean streams) {
        URI url = serving.gateway().baseUrl().resolve(ask.path());
        try (SseClient client = SseClient.post(url, ask.body().formatted(group, streams))) {
            SseClient.End end = client.awaitEnd();
            if (client.awaitHead().status() != 200 || end != SseClient.End.CLEAN) {
                throw new IllegalStateException(
                        "the training was not answered: " + ask.path() + ", " + client.text());
            }
        }
    }

    @Override
    public void close() {
        serving.close();
        front.close();
        providers.close();
        try {
            for (String name : List.of("certificate.pem", "config.yaml")) {
                Files.delete(folder.resolve(name));
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
