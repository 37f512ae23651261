package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.capability.CapabilityMemory;
import dev.midstream.config.ConfigurationReader;
import dev.midstream.driver.Client;
import dev.midstream.driver.Equipment;
import dev.midstream.driver.GoogleTokens;
import dev.midstream.driver.Hooks;
import dev.midstream.driver.Outcome;
import dev.midstream.driver.Providers;
import dev.midstream.driver.RelayDriver;
import dev.midstream.driver.Told;
import dev.midstream.gateway.driver.Call;
import dev.midstream.gateway.driver.ClientLeg;
import dev.midstream.gateway.driver.EncodedAnswer;
import dev.midstream.gateway.log.LoggedJournal;
import dev.midstream.gateway.transport.EventLoops;
import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.gateway.transport.Upstreams;
import dev.midstream.kept.KeptConversations;
import dev.midstream.model.Request;
import dev.midstream.protocol.chat.ChatProtocol;
import dev.midstream.relay.Relay;
import dev.midstream.routing.Fleet;
import dev.midstream.routing.ModelGroup;
import dev.midstream.routing.Plan;
import dev.midstream.routing.RouterConfig;
import dev.midstream.routing.Settings;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whoever counts calls that run is told of the end of each. */
class EveryCallThatBeginsEndsTest {

    private static final String CONFIGURATION =
            """
            model_list:
              - model_name: primary
                litellm_params: {model: openai/one, api_key: sk-primary}
            """;

    @Test
    void evenWhereTheConnectionIsGoneBeforeTheBeginning() throws Exception {
        EventLoops loops = EventLoops.start(TransportKind.AUTO, 1);
        EventLoop loop = new DefaultEventLoop();
        CompletableFuture<Outcome> ended = new CompletableFuture<>();
        try (Upstreams upstreams = new Upstreams(loops)) {
            Fleet fleet = new Fleet(router());
            Request request = request();
            EncodedAnswer gone =
                    new EncodedAnswer(call(request), new Gone(), "development", System::nanoTime);
            RelayDriver driver =
                    new RelayDriver(
                            equipment(fleet),
                            "call",
                            relay(request, fleet),
                            gone,
                            upstreams.on(loop),
                            Hooks.NONE,
                            ended::complete);
            loop.execute(driver::begin);

            assertThat(ended.get(10, TimeUnit.SECONDS)).isInstanceOf(Outcome.Failed.class);
            assertThat(fleet.snapshot(0)).allMatch(deployment -> deployment.inFlight() == 0);
        } finally {
            loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            loops.close();
        }
    }

    private static RouterConfig router() throws Exception {
        ConfigurationReader reader =
                new ConfigurationReader(
                        name -> null,
                        path -> {
                            throw new IOException(path);
                        });
        return reader.read("config.yaml", CONFIGURATION).router();
    }

    private static Equipment equipment(Fleet fleet) {
        return new Equipment(
                Map.of(),
                new GoogleTokens(InstantSource.system(), "metadata"),
                new KeptConversations(fleet),
                Providers.NONE,
                new Told(),
                new LoggedJournal(),
                Runnable::run,
                System::nanoTime,
                "development");
    }

    private static Request request() throws Exception {
        byte[] body = Rig.request("primary", true).getBytes(StandardCharsets.UTF_8);
        return new ChatProtocol().parse(body, name -> null);
    }

    private static Relay relay(Request request, Fleet fleet) {
        ModelGroup group = fleet.group("primary").orElseThrow();
        Plan plan = fleet.plan(group, Settings.DEFAULTS, new SplittableRandom(1));
        return new Relay(request, Settings.DEFAULTS, plan, new CapabilityMemory(), true);
    }

    private static Call call(Request request) {
        ChatProtocol chat = new ChatProtocol();
        return new Call(
                "call",
                chat,
                request,
                "primary",
                Settings.DEFAULTS,
                chat.encoder(request, () -> "id", 0),
                System.nanoTime());
    }

    /** A client whose connection has no place left for anything that watches it. */
    private static final class Gone implements ClientLeg {
        @Override
        public void open(boolean assembled, Client.Writability told) {
            throw new NoSuchElementException("the pipeline is empty");
        }

        @Override
        public boolean headSent() {
            return false;
        }

        @Override
        public void head(String contentType, Map<String, String> headers) {}

        @Override
        public void write(byte[] bytes, int offset, int length) {}

        @Override
        public void reset() {}

        @Override
        public void finish() {}

        @Override
        public void finishAssembled(String contentType, Map<String, String> headers) {}

        @Override
        public void respond(
                int status, String contentType, Map<String, String> headers, byte[] body) {}

        @Override
        public void end() {}
    }
}
