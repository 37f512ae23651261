package dev.midstream.gateway.cli;

import dev.midstream.config.Configuration;
import dev.midstream.gateway.Gateway;
import dev.midstream.gateway.GatewayOptions;
import dev.midstream.gateway.Version;
import dev.midstream.gateway.log.RequestLog;
import dev.midstream.gateway.reload.ConfigurationFiles;
import dev.midstream.gateway.reload.ConfigurationFiles.Result;
import dev.midstream.gateway.reload.Reloads;
import dev.midstream.gateway.reload.Watch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A gateway on a configuration's file that is read anew when it changes. Thread-safe. */
final class Serving implements AutoCloseable {

    /** How often it is looked whether the configuration has changed. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Configuration first;
    private final Gateway gateway;
    private final @Nullable Watch watch;

    private Serving(Configuration first, Gateway gateway, @Nullable Watch watch) {
        this.first = first;
        this.gateway = gateway;
        this.watch = watch;
    }

    /**
     * Starts it; it takes requests when this returns.
     *
     * @param environment variables by their names
     * @throws CannotStart if the configuration cannot be used
     * @throws IllegalStateException if it may not or cannot listen
     */
    static Serving start(
            Path config,
            ServeOptions options,
            Function<String, @Nullable String> environment,
            Terminal terminal) {
        ConfigurationFiles files = new ConfigurationFiles(config, environment);
        Result.Usable first = usable(config, readMeanwhile(files));
        Configuration configuration = first.configuration();
        configuration.warnings().forEach(warning -> terminal.tell(warning.toString()));
        Gateway gateway =
                Gateway.start(
                        all(options, configuration), configuration.router(), RequestLog.standard());
        if (!files.canBeReadAgain()) {
            return new Serving(configuration, gateway, null);
        }
        Reloads reloads = new Reloads(files, first, server(gateway, options));
        Signals.on("HUP", reloads::reload);
        return new Serving(configuration, gateway, Watch.every(LOOK, reloads::look));
    }

    /** Half of a start is the configuration, the other half the same for each: one on each core. */
    private static Result readMeanwhile(ConfigurationFiles files) {
        FutureTask<Result> reading = new FutureTask<>(files::read);
        Thread.ofPlatform().name("midstream-configuration").start(reading);
        Gateway.prepare();
        try {
            return reading.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException told
                    ? told
                    : new IllegalArgumentException("the configuration could not be read", failed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("interrupted while the configuration was read");
        }
    }

    private static GatewayOptions all(ServeOptions options, Configuration configuration) {
        return options.over(configuration.general()).telling(configuration.telemetry());
    }

    private static Reloads.Server server(Gateway gateway, ServeOptions options) {
        return new Reloads.Server() {
            @Override
            public List<String> serve(Configuration changed) {
                return gateway.reload(all(options, changed), changed.router());
            }

            @Override
            public void refused(List<String> errors) {
                gateway.reloadFailed(errors);
            }
        };
    }

    private static Result.Usable usable(Path config, Result result) {
        return switch (result) {
            case Result.Usable usable -> usable;
            case Result.Wrong wrong ->
                    throw new CannotStart(
                            "the configuration cannot be used\n" + wrong.invalid().getMessage());
            case Result.Unreadable unreadable ->
                    throw ConfigurationFile.unreadable(config, unreadable.cause());
        };
    }

    /** What people are told when it serves. */
    String greeting() {
        return "midstream "
                + Version.current()
                + " serves "
                + first.router().groups().size()
                + " model groups at "
                + gateway.baseUrl()
                + " ("
                + gateway.transport().word()
                + ")";
    }

    Gateway gateway() {
        return gateway;
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        gateway.close();
    }
}
