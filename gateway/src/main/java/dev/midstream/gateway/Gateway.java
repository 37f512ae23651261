package dev.midstream.gateway;

import dev.midstream.capability.CapabilityMemory;
import dev.midstream.config.Telemetry;
import dev.midstream.driver.Equipment;
import dev.midstream.driver.GoogleTokens;
import dev.midstream.driver.Providers;
import dev.midstream.driver.Told;
import dev.midstream.gateway.edge.Access;
import dev.midstream.gateway.edge.EdgeServer;
import dev.midstream.gateway.edge.LiveCalls;
import dev.midstream.gateway.edge.Served;
import dev.midstream.gateway.edge.Service;
import dev.midstream.gateway.log.LoggedJournal;
import dev.midstream.gateway.log.RequestLog;
import dev.midstream.gateway.metrics.Exposition;
import dev.midstream.gateway.metrics.Metrics;
import dev.midstream.gateway.traces.Traces;
import dev.midstream.gateway.transport.EventLoops;
import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.gateway.transport.Upstreams;
import dev.midstream.kept.IdKey;
import dev.midstream.kept.KeptConversations;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.DeploymentState;
import dev.midstream.routing.Fleet;
import dev.midstream.routing.Passage;
import dev.midstream.routing.RouterConfig;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A running gateway: this is the one place where its parts are put together. Thread-safe.
 *
 * <pre>{@code
 * try (Gateway gateway = Gateway.start(GatewayOptions.DEFAULTS, config, RequestLog.standard())) {
 *     ... clients ask gateway.baseUrl() + "/chat/completions" ...
 * }
 * }</pre>
 */
public final class Gateway implements AutoCloseable {

    private final EventLoops loops;
    private final Upstreams upstreams;
    private final ExecutorService offLoop;
    private final GoogleTokens tokens;
    private final LiveCalls live;
    private final Protocols protocols;
    private final GatewayOptions started;
    private final byte @Nullable [] idKey;
    private final Metrics metrics;
    private final @Nullable Traces traces;
    private final Served served;
    private volatile GatewayOptions options;
    private final EdgeServer server;

    private Gateway(
            GatewayOptions options,
            RouterConfig config,
            RequestLog log,
            EventLoops loops,
            InetSocketAddress address) {
        this.started = options;
        this.options = options;
        this.loops = loops;
        this.upstreams = new Upstreams(loops);
        this.offLoop = Executors.newVirtualThreadPerTaskExecutor();
        this.tokens = GoogleTokens.of(System::getenv);
        this.live = new LiveCalls();
        this.protocols = new Protocols(IdKey.of(options.masterKey(), config));
        this.idKey = IdKey.configured(options.masterKey(), config);
        this.metrics = metrics(options.telemetry());
        this.traces =
                options.telemetry().traces()
                        ? Traces.start(options.telemetry().openTelemetry(), Version.current())
                        : null;
        this.served = new Served(first(config, everyLog(log)), Instant.now());
        this.server = EdgeServer.start(served, loops, address);
    }

    /**
     * Starts a gateway; it takes requests when this returns.
     *
     * @throws IllegalStateException if it may not or cannot listen as {@code options} ask
     */
    public static Gateway start(GatewayOptions options, RouterConfig config, RequestLog log) {
        InetSocketAddress address = address(options);
        EventLoops loops =
                EventLoops.start(options.transport(), Runtime.getRuntime().availableProcessors());
        try {
            return new Gateway(options, config, log, loops, address);
        } catch (RuntimeException e) {
            loops.close();
            throw e;
        }
    }

    /**
     * Loads what every gateway needs whatever its configuration says, so that a start may do it
     * while that is read; none has to.
     */
    public static void prepare() {
        LoggerFactory.getILoggerFactory();
        EventLoops.prepare();
    }

    private Metrics metrics(Telemetry telemetry) {
        return new Metrics(
                new Metrics.Sights(
                        Version.current(),
                        () -> served.now().router(),
                        live::count,
                        this::deployments,
                        telemetry.liteLlmMetrics()));
    }

    private RequestLog everyLog(RequestLog log) {
        return RequestLog.all(
                traces == null ? List.of(log, metrics) : List.of(log, metrics, traces));
    }

    private Exposition exposition() {
        return new Exposition(metrics, !started.telemetry().metricsNeedKey());
    }

    private Service first(RouterConfig config, RequestLog log) {
        upstreams.prepare(passages(config));
        Fleet fleet = new Fleet(config);
        Equipment equipment =
                new Equipment(
                        protocols.upstream(),
                        tokens,
                        new KeptConversations(fleet),
                        Providers.NONE,
                        new Told(),
                        new LoggedJournal(),
                        offLoop,
                        System::nanoTime,
                        Version.current());
        return new Service(
                protocols.routes().with("/metrics", exposition()),
                new Access(started.masterKey()),
                started.cors(),
                started.limits(),
                config,
                fleet,
                new CapabilityMemory(),
                equipment,
                upstreams,
                live,
                log,
                protocols.plain());
    }

    /**
     * Serves another configuration from now on. Calls that run, or whose heads have come, keep the
     * one that they began with; what is known of deployments, and kept answers, stay.
     *
     * @return what of it counts only after a restart, in words
     * @throws IllegalStateException if it may not be served; nothing has changed then
     */
    public List<String> reload(GatewayOptions changed, RouterConfig config) {
        mayListen(changed.at(started.host(), started.port()), address().getAddress());
        upstreams.prepare(passages(config));
        synchronized (served) {
            Service before = served.now();
            Fleet fleet = new Fleet(config, before.fleet());
            Service next =
                    new Service(
                            before.routes(),
                            new Access(changed.masterKey()),
                            changed.cors(),
                            changed.limits(),
                            config,
                            fleet,
                            before.memory(),
                            before.equipment().with(new KeptConversations(fleet)),
                            before.upstreams(),
                            before.live(),
                            before.log(),
                            before.plainProtocol());
            options = changed;
            served.change(next, Instant.now());
            forgetWhoIsGone(before, fleet);
        }
        metrics.reloaded(true);
        return restartFor(changed, config);
    }

    private static Stream<Passage> passages(RouterConfig config) {
        return config.groups().stream()
                .flatMap(group -> group.deployments().stream())
                .map(deployment -> deployment.endpoint().passage());
    }

    /** What was learnt of a model does not hold for another one, or elsewhere, by the same id. */
    private static void forgetWhoIsGone(Service before, Fleet next) {
        for (DeploymentState state : before.fleet().snapshot(System.nanoTime())) {
            Optional<Deployment> then = before.fleet().deployment(state.id());
            Optional<Deployment> now = next.deployment(state.id());
            if (then.isEmpty() || now.isEmpty() || !asksTheSame(then.get(), now.get())) {
                before.memory().forget(state.id());
            }
        }
    }

    private static boolean asksTheSame(Deployment then, Deployment now) {
        return then.target().model().equals(now.target().model())
                && then.endpoint().plain().equals(now.endpoint().plain());
    }

    /** Another configuration was found to be wrong; {@code errors} are for the operator. */
    public void reloadFailed(List<String> errors) {
        served.failed(Instant.now(), errors);
        metrics.reloaded(false);
    }

    private List<String> restartFor(GatewayOptions changed, RouterConfig config) {
        List<String> restart = new ArrayList<>();
        if (!changed.host().equals(started.host())) {
            restart.add("host, " + started.host() + " until then");
        }
        if (changed.port() != started.port()) {
            restart.add("port, " + address().getPort() + " until then");
        }
        if (changed.transport() != started.transport()) {
            restart.add("transport, " + transport().word() + " until then");
        }
        if (!changed.telemetry().equals(started.telemetry())) {
            restart.add("what metrics and traces are to be told");
        }
        if (!Arrays.equals(IdKey.configured(changed.masterKey(), config), idKey)) {
            restart.add(
                    "the key by which ids of kept answers are sealed (it comes of the master key or the"
                            + " credentials); until then other replicas may not read them");
        }
        return restart;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.address();
    }

    /** What an OpenAI client is configured with, such as {@code http://127.0.0.1:4000/v1}. */
    public URI baseUrl() {
        return URI.create("http://" + host() + ":" + address().getPort() + "/v1");
    }

    /** As a URL has it; where it listens at all addresses, loopback is one of them. */
    private String host() {
        InetAddress address = address().getAddress();
        if (address.isAnyLocalAddress()) {
            return "127.0.0.1";
        }
        String text = address.getHostAddress();
        return address instanceof Inet6Address ? "[" + text.replaceFirst("%.*", "") + "]" : text;
    }

    /** What the sockets are driven by. */
    public TransportKind transport() {
        return loops.kind();
    }

    /** What is known of each deployment now. */
    public List<DeploymentState> deployments() {
        return served.now().fleet().snapshot(System.nanoTime());
    }

    /** Calls that are being carried out. */
    public int liveCalls() {
        return live.count();
    }

    /** Requests to upstreams that have neither ended nor been cancelled. */
    public int upstreamsInUse() {
        return upstreams.inUse();
    }

    /**
     * Stops: no further calls, the drain time for those that run, an error for the rest. It listens
     * as long as calls run, so that probes see what happens. Returns when all is closed; an
     * interrupt cuts the drain time short.
     */
    @Override
    public void close() {
        boolean granted = server.close(options.drain(), options.shutdownDelay());
        upstreams.close();
        loops.close();
        offLoop.close();
        if (traces != null) {
            traces.close();
        }
        if (!granted) {
            Thread.currentThread().interrupt();
        }
    }

    private static InetSocketAddress address(GatewayOptions options) {
        InetAddress address;
        try {
            address = InetAddress.getByName(options.host());
        } catch (UnknownHostException e) {
            throw new IllegalStateException(
                    "host is " + options.host() + ", expected an address of this machine", e);
        }
        mayListen(options, address);
        return new InetSocketAddress(address, options.port());
    }

    private static void mayListen(GatewayOptions options, InetAddress address) {
        if (!address.isLoopbackAddress() && options.masterKey() == null && !options.insecure()) {
            throw new IllegalStateException(
                    "host is "
                            + options.host()
                            + ", which others can reach, and there is no master key: set general_settings.master_key"
                            + " (or LITELLM_MASTER_KEY), listen on 127.0.0.1, or pass --insecure");
        }
    }
}
