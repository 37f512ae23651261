package dev.midstream.gateway.scenario;

import dev.midstream.gateway.scenario.Run.Observation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

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
            `UpstreamFailuresTest` from what its runs observed, through real sockets, with the OpenAI client for Java and a
            client that judges every event; the build fails when the two differ.
            `./mvnw -pl gateway -am test -Dtest=UpstreamFailuresTest -Dfailure-matrix=write` writes it anew.

            How to read it: *streamed* and *plain* are what the client gets with `"stream": true` and without; *requests* is how
            often each deployment was asked (where a plain request differs, its numbers follow in brackets); *went on by* is how
            each further attempt of the streamed request was made: `original` repeats the request, the others go on from what
            was delivered; *seam* is the grade of each join. "whole answer" is the text of an undisturbed one, compared character
            by character. Protocols are those of the primary and of the others; where none is named, all that were tried (chat
            and Messages, on either side) gave the same.
            """;

    /** What a scenario looked like with one pairing of protocols. */
    private record Cells(
            String streamed, String plain, String requests, String method, String seam) {

        String row(String failure, String phase, String wires) {
            StringJoiner row = new StringJoiner(" | ", "| ", " |\n");
            row.add(failure).add(wires.isEmpty() ? phase : phase + " (" + wires + ")");
            return row.add(streamed).add(plain).add(requests).add(method).add(seam).toString();
        }
    }

    private final Map<Scenario, Map<Pair, Map<Client, Observation>>> observed =
            new LinkedHashMap<>();

    void add(Run run, Observation observation) {
        observed.computeIfAbsent(run.scenario(), s -> new LinkedHashMap<>())
                .computeIfAbsent(run.pair(), p -> new LinkedHashMap<>())
                .put(run.client(), observation);
    }

    String markdown() {
        StringBuilder text = new StringBuilder(HEAD);
        text.append("\n| failure | when | streamed | plain | requests | went on by | seam |\n");
        text.append("|---|---|---|---|---|---|---|\n");
        observed.forEach((scenario, pairs) -> text.append(rows(scenario, pairs)));
        return text.toString();
    }

    private static String rows(Scenario scenario, Map<Pair, Map<Client, Observation>> pairs) {
        Map<Cells, List<String>> alike = new LinkedHashMap<>();
        pairs.forEach(
                (pair, byClient) ->
                        alike.computeIfAbsent(cells(scenario, byClient), c -> new ArrayList<>())
                                .add(new Run(scenario, pair, Client.STREAM, null).wires()));
        StringBuilder rows = new StringBuilder();
        boolean all = alike.size() == 1 && pairs.size() > 1;
        alike.forEach(
                (cells, wires) ->
                        rows.append(
                                cells.row(
                                        scenario.failure(),
                                        scenario.phase(),
                                        all ? "" : String.join(", ", wires))));
        return rows.toString();
    }

    private static Cells cells(Scenario scenario, Map<Client, Observation> byClient) {
        Observation streamed = byClient.get(Client.STREAM);
        Observation plain = byClient.get(Client.PLAIN);
        String whole = scenario.wholeText();
        return new Cells(
                streamed.seen().inWords(whole),
                plain.seen().inWords(whole),
                requests(streamed, plain),
                further(streamed.line(), "method"),
                further(streamed.line(), "seam"));
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

    /** This member of each attempt after the first. */
    private static String further(JsonNode line, String member) {
        StringJoiner values = new StringJoiner(", ");
        JsonNode attempts = line.path("attempts");
        for (int i = 1; i < attempts.size(); i++) {
            values.add(attempts.get(i).path(member).asString("–"));
        }
        return values.length() == 0 ? "–" : values.toString();
    }
}
