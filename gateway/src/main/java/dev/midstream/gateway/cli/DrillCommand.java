package dev.midstream.gateway.cli;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** {@code midstream drill}. */
final class DrillCommand implements Command {

    private static final int USUAL_TOKENS = 64;

    private static final Option CONFIG =
            Option.valued(
                    "FILE",
                    "The configuration, in LiteLLM's format; else the demo's.",
                    "-c",
                    "--config");
    private static final Option GROUP =
            Option.valued("NAME", "Only the chain of this model group; can be repeated.", "--group")
                    .asRepeated();
    private static final Option ONLY =
            Option.valued("REGEX", "Only the failures in whose names this is found.", "--only");
    private static final Option LIVE =
            Option.flag(
                    "Ask the real deployments instead: each once, and each chain with its first"
                            + " answer cut. Costs money.",
                    "--live");
    private static final Option MAX_TOKENS =
            Option.valued(
                    "TOKENS",
                    "With --live: the limit of each request (" + USUAL_TOKENS + ").",
                    "--max-tokens");
    private static final Option METRICS =
            Option.valued(
                    "PORT",
                    "Show what it would have done to the metrics at"
                            + " http://127.0.0.1:PORT/metrics, until Ctrl-C; 0 for any free port.",
                    "--metrics");
    private static final Option JSON =
            Option.flag("One JSON document instead of a table.", "--json");

    @Override
    public String name() {
        return "drill";
    }

    @Override
    public List<String> description() {
        return List.of(
                "Rehearses every chain of a configuration against scripted providers that break it in"
                        + " every way; asks nobody outside this machine, save with --live.",
                "Ends with 0 if every answer was whole or the true error, 1 if not, 2 if the"
                        + " configuration cannot be used.");
    }

    @Override
    public List<Option> options() {
        return List.of(CONFIG, GROUP, ONLY, LIVE, MAX_TOKENS, METRICS, JSON);
    }

    @Override
    public int run(Arguments given, Terminal terminal) {
        Integer tokens = given.number(MAX_TOKENS);
        return new DrillRun(
                        given.path(CONFIG),
                        Set.copyOf(given.all(GROUP)),
                        pattern(given.text(ONLY)),
                        Objects.requireNonNullElse(tokens, USUAL_TOKENS),
                        given.port(METRICS),
                        given.has(JSON),
                        terminal)
                .run(given.has(LIVE));
    }

    private static Pattern pattern(@Nullable String regex) {
        try {
            return Pattern.compile(Objects.requireNonNullElse(regex, ""));
        } catch (PatternSyntaxException e) {
            throw new WrongUsage(
                    ONLY.name() + " is '" + regex + "', expected a regular expression");
        }
    }
}
