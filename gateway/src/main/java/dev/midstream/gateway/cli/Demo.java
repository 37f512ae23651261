package dev.midstream.gateway.cli;

import dev.midstream.config.Configuration;
import dev.midstream.config.ConfigurationReader;
import dev.midstream.config.InvalidConfiguration;
import dev.midstream.gateway.Gateway;
import dev.midstream.gateway.GatewayOptions;
import dev.midstream.gateway.Version;
import dev.midstream.gateway.transport.TransportKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * The demo: two providers in this process, one that breaks off in the middle of every answer and
 * one that refuses assistant prefill, and a gateway between them and whoever has curl.
 */
final class Demo implements AutoCloseable {

    private static final String CONFIGURATION = "demo.yaml";

    private final DemoProviders providers;
    private final Gateway gateway;

    private Demo(DemoProviders providers, Gateway gateway) {
        this.providers = providers;
        this.gateway = gateway;
    }

    static Demo start(int port, TransportKind transport, PrintWriter out) {
        DemoProviders providers = DemoProviders.start(DemoProviders.LEISURELY);
        try {
            Configuration configuration = configuration(providers.environment());
            GatewayOptions options =
                    GatewayOptions.DEFAULTS
                            .at("127.0.0.1", port)
                            .on(transport)
                            .drainingFor(Duration.ofSeconds(1));
            Gateway gateway = Gateway.start(options, configuration.router(), new DemoLog(out));
            greet(out, gateway, configuration.router().groups().getFirst().name());
            return new Demo(providers, gateway);
        } catch (RuntimeException e) {
            providers.close();
            throw e;
        }
    }

    Gateway gateway() {
        return gateway;
    }

    @Override
    public void close() {
        gateway.close();
        providers.close();
    }

    private static void greet(PrintWriter out, Gateway gateway, String model) {
        out.printf(
                """
                midstream %s, the demo: it needs no key and asks nobody outside this machine.

                Two providers run inside this process. The first speaks Anthropic's Messages and breaks off in the middle
                of every answer, by a reset of its connection. The second speaks OpenAI's Chat Completions and refuses an
                assistant prefill, so it is asked to go on by a user turn. Ask, and see the story arrive whole:

                  curl -N %s/chat/completions \\
                    -H 'content-type: application/json' \\
                    -d '{"model": "%s", "stream": true, "messages": [{"role": "user", "content": "Tell me about the river."}]}'

                What it did is counted at %s. Every other way to fail, and what a client sees
                then: midstream drill. For your own providers: midstream check --config config.yaml, then
                midstream serve --config config.yaml. To end this: Ctrl-C.

                """,
                Version.current(), gateway.baseUrl(), model, gateway.baseUrl().resolve("/metrics"));
        out.flush();
    }

    /** The demo's configuration, with these variables in it. */
    static Configuration configuration(Map<String, String> environment) {
        try (InputStream file = Demo.class.getResourceAsStream(CONFIGURATION)) {
            if (file == null) {
                throw new IllegalStateException(CONFIGURATION + " is missing in this build");
            }
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return new ConfigurationReader(environment::get, Demo::noFile)
                    .read(CONFIGURATION, text);
        } catch (IOException | InvalidConfiguration e) {
            throw new IllegalStateException(
                    "the demo's configuration cannot be used: " + e.getMessage(), e);
        }
    }

    private static String noFile(String path) throws IOException {
        throw new IOException("the demo reads no files");
    }
}
