package dev.midstream.gateway.scenario;

import dev.midstream.gateway.scenario.Client.Reading;
import dev.midstream.gateway.scenario.Observation.Taken;
import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.scenario.Pair;
import dev.midstream.testkit.scenario.Role;
import dev.midstream.testkit.scenario.Scenario;
import dev.midstream.testkit.scenario.Wire;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was observed of every scenario, as the table of {@code docs/failure-matrix.md}.
 *
 * <p>Not thread-safe.
 */
final class FailureMatrix {

    private static final String HEAD =
            """
            # The failure matrix

            Each way in which an upstream can fail, and what a client sees then. This file is written by
            `UpstreamFailuresTest` from what its runs observed, through real sockets, with the official clients for Java of
            OpenAI and Anthropic and with clients that judge every event; the build fails when the two differ.
            `./mvnw -pl gateway -am test -Dtest=UpstreamFailuresTest -Dfailure-matrix=write` writes it anew.

            How to read it: *streamed* and *plain* are what the client gets with `"stream": true` and without; *requests* is how
            often each deployment was asked (where a plain request differs, its numbers follow in brackets); *went on by* is how
            each further attempt of the streamed request was made: `original` repeats the request, the others go on from what
            was delivered; *seam* is the grade of each join. "whole answer" is the text of an undisturbed one, compared character
            by character. Finish reasons are in the words of chat: `tool_calls` is Messages' `tool_use` and a completed response
            with calls in it, and so on.

            Clients speak chat, Messages and Responses, and so do upstreams. Each scenario is played by clients of all three, and
            each protocol is the primary's and the others' at least once. Where no protocols are named, all gave the same;
            "Messages client" is who asks, "chat → Messages" is a primary that speaks chat and others that speak Messages.
            """;

    private static final String LIBRARY =
            """

            All of it holds for the Java library too. Each scenario is also played, with the same configuration and
            upstreams, through `stream` and `complete`, which wait, and through `streamAsync`, with one item wanted at a
            time, and `completeAsync`: in the JSON of the protocols and in the canonical model. They give the texts, tool
            calls, finish reasons and usage of this table, by the same requests, ways of going on and seams; what it says
            of a chat client's error ("HTTP 429", "then error") is an `AnswerFailedException` of that status, type, code
            and message, with the text that was delivered before. Headers of requests are `CallOptions` there. How often
            each was played:

            """;

    /** Who asked whom. */
    private record Cast(Wire client, Pair pair) {}

    /** What a scenario looked like with one cast. */
    private record Cells(
            String streamed, String plain, String requests, String method, String seam) {

        String row(String failure, String phase, String who) {
            StringJoiner row = new StringJoiner(" | ", "| ", " |\n");
            row.add(failure).add(who.isEmpty() ? phase : phase + " (" + who + ")");
            return row.add(streamed).add(plain).add(requests).add(method).add(seam).toString();
        }
    }

    private final Map<Scenario, Map<Cast, Map<Reading, Observation>>> observed =
            new LinkedHashMap<>();
    private final Map<Cast, Integer> played = new LinkedHashMap<>();
    private final Map<String, Map<Face, Integer>> library = new TreeMap<>();

    /** As a library's. */
    void add(LibraryRun run) {
        String told =
                run.idiom().canonical() ? "canonical" : "JSON of " + run.idiom().wire().label();
        library.computeIfAbsent(told, t -> new EnumMap<>(Face.class))
                .merge(run.face(), 1, Integer::sum);
    }

    void add(Run run, Observation observation) {
        Cast cast = new Cast(run.client().wire(), run.pair());
        played.merge(cast, 1, Integer::sum);
        observed.computeIfAbsent(run.scenario(), s -> new LinkedHashMap<>())
                .computeIfAbsent(cast, p -> new LinkedHashMap<>())
                .put(run.client().reading(), observation);
    }

    String markdown() {
        StringBuilder text = new StringBuilder(HEAD).append(counts());
        text.append(LIBRARY).append(faces());
        text.append("\n| failure | when | streamed | plain | requests | went on by | seam |\n");
        text.append("|---|---|---|---|---|---|---|\n");
        observed.forEach((scenario, casts) -> text.append(rows(scenario, casts)));
        return text.toString();
    }

    // ------------------------------------------------------------------------------- how many

    private String counts() {
        StringBuilder table = new StringBuilder("\nHow often each cast was played:\n\n| client |");
        Pair.ALL.forEach(pair -> table.append(' ').append(pair.label()).append(" |"));
        table.append("\n|---|").append("---|".repeat(Pair.ALL.size())).append('\n');
        for (Wire client : Client.wires()) {
            table.append("| ").append(client.label()).append(" |");
            for (Pair pair : Pair.ALL) {
                int count = played.getOrDefault(new Cast(client, pair), 0);
                table.append(' ').append(count).append(" |");
            }
            table.append('\n');
        }
        return table.toString();
    }

    private String faces() {
        StringBuilder table = new StringBuilder("| asked and answered in |");
        Face.ALL.forEach(face -> table.append(" `").append(face.method()).append("` |"));
        table.append("\n|---|").append("---|".repeat(Face.ALL.size())).append('\n');
        library.forEach(
                (told, counts) -> {
                    table.append("| ").append(told).append(" |");
                    Face.ALL.forEach(
                            face -> table.append(' ').append(counts.get(face)).append(" |"));
                    table.append('\n');
                });
        return table.toString();
    }

    // ----------------------------------------------------------------------------------- rows

    private static String rows(Scenario scenario, Map<Cast, Map<Reading, Observation>> casts) {
        Map<Cells, List<Cast>> alike = new LinkedHashMap<>();
        casts.forEach(
                (cast, byReading) ->
                        alike.computeIfAbsent(cells(scenario, byReading), c -> new ArrayList<>())
                                .add(cast));
        StringBuilder rows = new StringBuilder();
        alike.forEach(
                (cells, some) ->
                        rows.append(
                                cells.row(
                                        scenario.failure(),
                                        scenario.phase(),
                                        who(scenario, some))));
        return rows.toString();
    }

    /** What these have in common that not all have who can meet the scenario. */
    private static String who(Scenario scenario, List<Cast> some) {
        Map<List<Pair>, List<Wire>> byPairs = new LinkedHashMap<>();
        for (Wire client : scenario.clients()) {
            List<Pair> pairs =
                    some.stream().filter(c -> c.client() == client).map(Cast::pair).toList();
            if (!pairs.isEmpty()) {
                byPairs.computeIfAbsent(pairs, p -> new ArrayList<>()).add(client);
            }
        }
        StringJoiner who = new StringJoiner("; ");
        byPairs.forEach((pairs, clients) -> who.add(who(scenario, pairs, clients)));
        return who.toString();
    }

    private static String who(Scenario scenario, List<Pair> pairs, List<Wire> clients) {
        StringJoiner who = new StringJoiner(": ");
        if (clients.size() < Client.wires().size()) {
            who.add(labels(clients.stream().map(Wire::label)) + " client");
        }
        if (pairs.size() < scenario.pairs().size() || scenario.pairs().size() == 1) {
            who.add(labels(pairs.stream().map(pair -> wires(scenario, pair))));
        }
        return who.toString();
    }

    private static String labels(Stream<String> labels) {
        return labels.collect(Collectors.joining(", "));
    }

    private static String wires(Scenario scenario, Pair pair) {
        return new Run(scenario, pair, Client.CHAT_STREAM, TransportKind.AUTO).wires();
    }

    private static Cells cells(Scenario scenario, Map<Reading, Observation> byReading) {
        Observation streamed = seen(byReading, Reading.STREAM);
        Observation plain = seen(byReading, Reading.PLAIN);
        String whole = scenario.wholeText();
        return new Cells(
                streamed.seen().inWords(whole),
                plain.seen().inWords(whole),
                requests(streamed, plain),
                further(streamed, Taken::method),
                further(streamed, Taken::seam));
    }

    private static Observation seen(Map<Reading, Observation> byReading, Reading reading) {
        return Objects.requireNonNull(byReading.get(reading), "not played");
    }

    private static String requests(Observation streamed, Observation plain) {
        String counts = counts(streamed);
        return streamed.asks().equals(plain.asks()) ? counts : counts + " (" + counts(plain) + ")";
    }

    private static String counts(Observation observation) {
        StringJoiner counts = new StringJoiner(", ");
        Arrays.stream(Role.values())
                .filter(observation.asks()::containsKey)
                .forEach(role -> counts.add(role.word() + " " + observation.asks().get(role)));
        return counts.toString();
    }

    /** This of each attempt after the first. */
    private static String further(Observation observation, Function<Taken, String> member) {
        String values =
                observation.attempts().stream()
                        .skip(1)
                        .map(member)
                        .collect(Collectors.joining(", "));
        return values.isEmpty() ? "–" : values;
    }
}
