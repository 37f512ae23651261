package dev.midstream.gateway;

import dev.midstream.capability.CapabilityMemory;
import dev.midstream.config.ConfigurationReader;
import dev.midstream.config.InvalidConfiguration;
import dev.midstream.driver.AccessTokens;
import dev.midstream.driver.Equipment;
import dev.midstream.driver.Providers;
import dev.midstream.driver.Told;
import dev.midstream.gateway.edge.Access;
import dev.midstream.gateway.edge.Cors;
import dev.midstream.gateway.edge.EdgeServer;
import dev.midstream.gateway.edge.Limits;
import dev.midstream.gateway.edge.LiveCalls;
import dev.midstream.gateway.edge.Routes;
import dev.midstream.gateway.edge.Served;
import dev.midstream.gateway.edge.Service;
import dev.midstream.gateway.log.LoggedJournal;
import dev.midstream.gateway.log.RequestLog;
import dev.midstream.gateway.transport.EventLoops;
import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.gateway.transport.Upstreams;
import dev.midstream.kept.KeptConversations;
import dev.midstream.protocol.ClientProtocol;
import dev.midstream.protocol.UpstreamProtocol;
import dev.midstream.protocol.chat.ChatProtocol;
import dev.midstream.routing.DeploymentState;
import dev.midstream.routing.Fleet;
import dev.midstream.routing.RouterConfig;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.SseClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A gateway put together from parts, of which tests bring their own. */
final class Workbench implements AutoCloseable {

    final ScriptedProvider primary;
    private final EventLoops loops = EventLoops.start(TransportKind.AUTO, 1);
    private final Upstreams upstreams = new Upstreams(loops);
    private final ExecutorService offLoop = Executors.newVirtualThreadPerTaskExecutor();
    private final Fleet fleet;
    private final EdgeServer server;

    /**
     * @param primary stands behind {@code os.environ/PRIMARY}
     */
    Workbench(
            ScriptedProvider primary,
            String yaml,
            ClientProtocol asked,
            Map<String, UpstreamProtocol> spoken,
            AccessTokens tokens) {
        this.primary = primary;
        RouterConfig config = read(yaml);
        this.fleet = new Fleet(config);
        Equipment equipment =
                new Equipment(
                        spoken,
                        tokens,
                        new KeptConversations(fleet),
                        Providers.NONE,
                        new Told(),
                        new LoggedJournal(),
                        offLoop,
                        System::nanoTime,
                        "development");
        Service service =
                new Service(
                        Routes.of(Map.of("/v1/chat/completions", asked), Map.of()),
                        new Access(null),
                        Cors.NONE,
                        Limits.DEFAULTS,
                        config,
                        fleet,
                        new CapabilityMemory(),
                        equipment,
                        upstreams,
                        new LiveCalls(),
                        RequestLog.json(line -> {}),
                        new ChatProtocol());
        this.server =
                EdgeServer.start(
                        new Served(service, Instant.now()),
                        loops,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    static ScriptedProvider provider(Dialect dialect) {
        return ScriptedProvider.start("primary", dialect);
    }

    SseClient stream() {
        return SseClient.post(
                URI.create(
                        "http://127.0.0.1:" + server.address().getPort() + "/v1/chat/completions"),
                Rig.request("primary", true));
    }

    List<DeploymentState> deployments() {
        return fleet.snapshot(System.nanoTime());
    }

    @Override
    public void close() {
        server.close(Duration.ofMillis(200), Duration.ZERO);
        upstreams.close();
        loops.close();
        offLoop.close();
        primary.close();
    }

    private RouterConfig read(String yaml) {
        Map<String, String> environment = Map.of("PRIMARY", primary.baseUrl().toString());
        try {
            return new ConfigurationReader(environment::get, Workbench::noFile)
                    .read("test.yaml", yaml)
                    .router();
        } catch (InvalidConfiguration e) {
            throw new AssertionError(e);
        }
    }

    private static String noFile(String path) throws IOException {
        throw new IOException("no files in tests");
    }
}
