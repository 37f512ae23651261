package dev.midstream.gateway.cli;

import dev.midstream.config.Configuration;
import dev.midstream.config.GeneralSettings;
import dev.midstream.gateway.Gateway;
import dev.midstream.gateway.GatewayOptions;
import dev.midstream.gateway.Version;
import dev.midstream.gateway.edge.Cors;
import dev.midstream.gateway.edge.Limits;
import dev.midstream.gateway.log.RequestLog;
import dev.midstream.gateway.reload.ConfigurationFiles;
import dev.midstream.gateway.reload.ConfigurationFiles.Result;
import dev.midstream.gateway.reload.Reloads;
import dev.midstream.gateway.reload.Watch;
import dev.midstream.gateway.transport.TransportKind;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code midstream serve}. */
@Command(
        name = "serve",
        description = "Serves the model groups of a LiteLLM config.yaml.",
        mixinStandardHelpOptions = true,
        versionProvider = MidstreamCommand.VersionLine.class,
        sortOptions = false)
final class ServeCommand implements Callable<Integer> {

    private static final int DEFAULT_PORT = 4000;
    private static final String LOOPBACK = "127.0.0.1";

    /** How often it is looked whether the configuration has changed. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    @Option(
            names = {"-c", "--config"},
            required = true,
            paramLabel = "FILE",
            description = "The configuration, in LiteLLM's format.")
    private Path config = Path.of("config.yaml");

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The port to listen on; else general_settings.port, else 4000.")
    private @Nullable Integer port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description =
                    "The address to listen on; else general_settings.host, else loopback only.")
    private @Nullable String host;

    @Option(
            names = "--insecure",
            description =
                    "Listen beyond loopback even without a master key: anybody can spend your credit.")
    private boolean insecure;

    @Option(
            names = "--drain",
            paramLabel = "SECONDS",
            description =
                    "How long running requests may go on when the gateway is stopped; else"
                            + " general_settings.drain_timeout, else 25.")
    private @Nullable Integer drain;

    @Mixin private TransportOption transport = new TransportOption();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        ConfigurationFiles files = new ConfigurationFiles(config, System::getenv);
        Result.Usable first = usable(files.read());
        Configuration configuration = first.configuration();
        PrintWriter err = spec.commandLine().getErr();
        configuration.warnings().forEach(err::println);
        Gateway gateway =
                Gateway.start(
                        options(configuration.general()).telling(configuration.telemetry()),
                        configuration.router(),
                        RequestLog.standard());
        Runnable greeting = () -> greet(err, gateway, configuration);
        if (!files.canBeReadAgain()) {
            return Running.untilStopped(gateway, greeting);
        }
        Reloads reloads = new Reloads(files, first, server(gateway));
        Signals.on("HUP", reloads::reload);
        Watch watch = Watch.every(LOOK, reloads::look);
        return Running.untilStopped(
                () -> {
                    watch.close();
                    gateway.close();
                },
                greeting);
    }

    private static void greet(PrintWriter err, Gateway gateway, Configuration configuration) {
        err.println(
                "midstream "
                        + Version.current()
                        + " serves "
                        + configuration.router().groups().size()
                        + " model groups at "
                        + gateway.baseUrl()
                        + " ("
                        + gateway.transport().word()
                        + ")");
        err.flush();
    }

    private Reloads.Server server(Gateway gateway) {
        return new Reloads.Server() {
            @Override
            public List<String> serve(Configuration changed) {
                return gateway.reload(
                        options(changed.general()).telling(changed.telemetry()), changed.router());
            }

            @Override
            public void refused(List<String> errors) {
                gateway.reloadFailed(errors);
            }
        };
    }

    GatewayOptions options(GeneralSettings general) {
        Integer listed = port != null ? port : general.port();
        String where = host != null ? host : general.host();
        return GatewayOptions.DEFAULTS
                .at(
                        Objects.requireNonNullElse(where, LOOPBACK),
                        Objects.requireNonNullElse(listed, DEFAULT_PORT))
                .withMasterKey(general.masterKey())
                .withInsecure(insecure)
                .on(transport.or(kind(general)))
                .within(limits(general))
                .withCors(new Cors(general.corsOrigins()))
                .drainingFor(drain(general))
                .delayingShutdown(general.shutdownDelay());
    }

    private static Limits limits(GeneralSettings general) {
        int bytes = (int) Math.min(Integer.MAX_VALUE - 8, general.maxRequestBytes());
        Integer calls = general.maxParallelRequests();
        return Limits.DEFAULTS
                .withMaxBodyBytes(bytes)
                .withMaxCalls(Objects.requireNonNullElse(calls, Integer.MAX_VALUE));
    }

    private Duration drain(GeneralSettings general) {
        if (drain != null) {
            return Duration.ofSeconds(Math.max(0, drain));
        }
        return Objects.requireNonNullElse(general.drainTimeout(), GatewayOptions.DEFAULTS.drain());
    }

    private static TransportKind kind(GeneralSettings general) {
        return switch (general.transport()) {
            case AUTO -> TransportKind.AUTO;
            case EPOLL -> TransportKind.EPOLL;
            case NIO -> TransportKind.NIO;
        };
    }

    private Result.Usable usable(Result result) {
        return switch (result) {
            case Result.Usable usable -> usable;
            case Result.Wrong wrong ->
                    throw new CannotStart(
                            "the configuration cannot be used\n" + wrong.invalid().getMessage());
            case Result.Unreadable unreadable ->
                    throw ConfigurationFile.unreadable(config, unreadable.cause());
        };
    }
}
