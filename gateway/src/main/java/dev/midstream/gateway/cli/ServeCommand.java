package dev.midstream.gateway.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code midstream serve}. */
final class ServeCommand implements Command {

    private static final Option PORT =
            Option.valued(
                    "PORT",
                    "The port to listen on; else general_settings.port, else 4000.",
                    "--port");
    private static final Option HOST =
            Option.valued(
                    "ADDRESS",
                    "The address to listen on; else general_settings.host, else loopback only.",
                    "--host");
    private static final Option INSECURE =
            Option.flag(
                    "Listen beyond loopback even without a master key: anybody can spend your"
                            + " credit.",
                    "--insecure");
    private static final Option DRAIN =
            Option.valued(
                    "SECONDS",
                    "How long running requests may go on when the gateway is stopped; else"
                            + " general_settings.drain_timeout, else 25.",
                    "--drain");

    @Override
    public String name() {
        return "serve";
    }

    @Override
    public List<String> description() {
        return List.of("Serves the model groups of a LiteLLM config.yaml.");
    }

    @Override
    public List<Option> options() {
        return List.of(
                ConfigurationFile.REQUIRED, PORT, HOST, INSECURE, DRAIN, TransportOption.TRANSPORT);
    }

    @Override
    public int run(Arguments given, Terminal terminal) {
        Path config = Objects.requireNonNull(given.path(ConfigurationFile.REQUIRED));
        Serving serving = Serving.start(config, options(given), System::getenv, terminal);
        return Running.untilStopped(serving, () -> terminal.tell(serving.greeting()));
    }

    private static ServeOptions options(Arguments given) {
        return new ServeOptions(
                given.port(PORT),
                given.text(HOST),
                given.has(INSECURE),
                drain(given.number(DRAIN)),
                TransportOption.in(given));
    }

    private static @Nullable Duration drain(@Nullable Integer seconds) {
        return seconds == null ? null : Duration.ofSeconds(Math.max(0, seconds));
    }
}
