package dev.midstream.gateway;

import dev.midstream.config.ConfigurationReader;
import dev.midstream.config.InvalidConfiguration;
import dev.midstream.gateway.log.RequestLog;
import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.SseClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A gateway between two scripted providers, {@code primary} and its fallback, and clients on
 * sockets.
 */
final class Rig implements AutoCloseable {

    static final String CONFIGURATION =
            """
            model_list:
              - model_name: primary
                litellm_params: {model: openai/one, api_base: os.environ/PRIMARY, api_key: sk-primary}
              - model_name: fallback
                litellm_params: {model: openai/two, api_base: os.environ/FALLBACK, api_key: sk-fallback}
            router_settings:
              fallbacks: [{primary: [fallback]}]
              cooldown_time: 0
            """;

    final ScriptedProvider primary;
    final ScriptedProvider fallback;
    final BlockingQueue<String> log = new LinkedBlockingQueue<>();
    final Gateway gateway;
    private final List<SseClient> clients = new ArrayList<>();

    Rig(TransportKind transport) {
        this(transport, CONFIGURATION, GatewayOptions.DEFAULTS);
    }

    Rig(TransportKind transport, String configuration, GatewayOptions options) {
        this(transport, configuration, options, Duration.ofMillis(200));
    }

    Rig(TransportKind transport, String configuration, GatewayOptions options, Duration drain) {
        this(transport, configuration, options, drain, Dialect.chat(), Dialect.chat());
    }

    Rig(
            TransportKind transport,
            String configuration,
            GatewayOptions options,
            Duration drain,
            Dialect first,
            Dialect second) {
        primary = ScriptedProvider.start("primary", first);
        fallback = ScriptedProvider.start("fallback", second);
        GatewayOptions quick = options.on(transport).drainingFor(drain);
        this.gateway =
                Gateway.start(quick, read(configuration).router(), RequestLog.json(log::add));
    }

    static String request(String model, boolean stream) {
        return "{\"model\":\""
                + model
                + "\",\"stream\":"
                + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Tell me a story.\"}]}";
    }

    URI chat() {
        return at("/v1/chat/completions");
    }

    URI at(String path) {
        return gateway.baseUrl().resolve(path);
    }

    SseClient stream() {
        return ask(request("primary", true));
    }

    SseClient ask(String body) {
        return keep(SseClient.post(chat(), body));
    }

    SseClient keep(SseClient client) {
        clients.add(client);
        return client;
    }

    String nextLogLine() throws InterruptedException {
        String line = log.poll(10, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("waited 10 s in vain for a line of the request log");
        }
        return line;
    }

    /** Waits until nothing runs any more. */
    void awaitIdle() throws InterruptedException {
        long limit = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (gateway.liveCalls() > 0 || gateway.upstreamsInUse() > 0) {
            if (System.nanoTime() > limit) {
                throw new AssertionError(
                        "after 10 s still "
                                + gateway.liveCalls()
                                + " calls and "
                                + gateway.upstreamsInUse()
                                + " upstreams");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        clients.forEach(SseClient::close);
        gateway.close();
        primary.close();
        fallback.close();
    }

    /** Serves this configuration from now on. */
    List<String> reload(String configuration, GatewayOptions options) {
        return gateway.reload(options, read(configuration).router());
    }

    private dev.midstream.config.Configuration read(String text) {
        Map<String, String> environment =
                Map.of(
                        "PRIMARY", primary.baseUrl().toString(),
                        "FALLBACK", fallback.baseUrl().toString());
        try {
            return new ConfigurationReader(environment::get, Rig::noFile).read("test.yaml", text);
        } catch (InvalidConfiguration e) {
            throw new AssertionError(e);
        }
    }

    private static String noFile(String path) throws IOException {
        throw new IOException("no files in tests");
    }
}
