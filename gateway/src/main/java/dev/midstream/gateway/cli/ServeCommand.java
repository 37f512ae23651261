package dev.midstream.gateway.cli;

import dev.midstream.config.Configuration;
import dev.midstream.config.ConfigurationReader;
import dev.midstream.config.GeneralSettings;
import dev.midstream.config.InvalidConfiguration;
import dev.midstream.gateway.Gateway;
import dev.midstream.gateway.GatewayOptions;
import dev.midstream.gateway.Version;
import dev.midstream.gateway.edge.Cors;
import dev.midstream.gateway.edge.Limits;
import dev.midstream.gateway.log.RequestLog;
import dev.midstream.gateway.transport.TransportKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
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
        Configuration configuration = read();
        PrintWriter err = spec.commandLine().getErr();
        configuration.warnings().forEach(err::println);
        Gateway gateway =
                Gateway.start(
                        options(configuration.general()),
                        configuration.router(),
                        RequestLog.standard());
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
        return Running.untilStopped(gateway);
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

    private Configuration read() {
        try {
            return new ConfigurationReader(System::getenv, path -> Files.readString(Path.of(path)))
                    .read(config.toString(), Files.readString(config));
        } catch (InvalidConfiguration invalid) {
            throw new CannotStart("the configuration cannot be used\n" + invalid.getMessage());
        } catch (NoSuchFileException missing) {
            throw new CannotStart(
                    "there is no file " + config + ", expected a LiteLLM config.yaml");
        } catch (IOException e) {
            throw new CannotStart("the file " + config + " cannot be read: " + e.getMessage());
        }
    }
}
