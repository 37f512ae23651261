package dev.midstream.gateway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.scenario.Client.Reading;
import dev.midstream.gateway.scenario.Run.Observation;
import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.scenario.Catalogue;
import dev.midstream.testkit.scenario.Pair;
import dev.midstream.testkit.scenario.Scenario;
import dev.midstream.testkit.scenario.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Plays every scenario with clients of each protocol over upstreams of each protocol, several at a
 * time.
 *
 * <p>{@code -Dscenario=REGEX} plays only the runs whose names fit. {@code -Dfailure-matrix=write}
 * writes {@code docs/failure-matrix.md} instead of comparing it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpstreamFailuresTest {

    private static final int AT_A_TIME = 12;
    private static final Path DOCUMENT = Path.of("..", "docs", "failure-matrix.md");
    private static final Path OBSERVED = Path.of("target", "failure-matrix.md");

    private final Map<Run, CompletableFuture<Observation>> runs = new LinkedHashMap<>();
    private final ExecutorService players =
            Executors.newFixedThreadPool(
                    AT_A_TIME, Thread.ofPlatform().daemon().name("play-", 0).factory());

    @BeforeAll
    void playAll() {
        Pattern wanted = Pattern.compile(System.getProperty("scenario", ""));
        Catalogue.all().stream()
                .flatMap(UpstreamFailuresTest::runs)
                .filter(run -> wanted.matcher(run.name()).find())
                .forEach(run -> runs.put(run, new CompletableFuture<>()));
        runs.keySet().stream()
                .sorted(Comparator.comparing(run -> !run.scenario().beginsFirst()))
                .forEach(run -> runs.get(run).completeAsync(run::play, players));
    }

    @Test
    void whatIsDueIsSaidOfScenariosThatThereAre() {
        assertThat(Catalogue.all())
                .extracting(Scenario::name)
                .doesNotHaveDuplicates()
                .containsAll(Dues.all().names());
    }

    private static Stream<Run> runs(Scenario scenario) {
        return Stream.concat(
                scenario.clients().stream().flatMap(wire -> runs(scenario, wire)),
                Stream.of(onNio(scenario)));
    }

    /** In each of its pairings; the official library, which judges only us, in one. */
    private static Stream<Run> runs(Scenario scenario, Wire wire) {
        List<Pair> pairs = scenario.pairs();
        Pair one = pairs.get(Wire.ALL.indexOf(wire) % pairs.size());
        return Client.speaking(wire)
                .flatMap(
                        client ->
                                (client.reading() == Reading.LIBRARY ? List.of(one) : pairs)
                                        .stream().map(pair -> run(scenario, pair, client)));
    }

    private static Run run(Scenario scenario, Pair pair, Client client) {
        return new Run(scenario, pair, client, TransportKind.AUTO);
    }

    private static Run onNio(Scenario scenario) {
        Client client =
                Client.speaking(scenario.clients().getFirst())
                        .filter(each -> each.reading() == Reading.STREAM)
                        .findFirst()
                        .orElseThrow();
        return new Run(scenario, scenario.pairs().getFirst(), client, TransportKind.NIO);
    }

    @TestFactory
    Stream<DynamicContainer> failures() {
        Map<String, List<DynamicTest>> byFailure = new LinkedHashMap<>();
        runs.forEach(
                (run, played) ->
                        byFailure
                                .computeIfAbsent(run.scenario().failure(), f -> new ArrayList<>())
                                .add(DynamicTest.dynamicTest(run.name(), () -> await(played))));
        return byFailure.entrySet().stream()
                .map(entry -> DynamicContainer.dynamicContainer(entry.getKey(), entry.getValue()));
    }

    private static Observation await(CompletableFuture<Observation> played) {
        try {
            return played.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof AssertionError wrong) {
                throw wrong;
            }
            throw e;
        }
    }

    @AfterAll
    void thePublishedMatrixIsWhatWasObserved() throws IOException {
        players.shutdownNow();
        if (!System.getProperty("scenario", "").isEmpty()
                || runs.values().stream().anyMatch(CompletableFuture::isCompletedExceptionally)) {
            return;
        }
        String observed = matrix().markdown();
        Files.writeString(OBSERVED, observed);
        if (System.getProperty("failure-matrix", "").equals("write")) {
            Files.writeString(DOCUMENT, observed);
        }
        assertThat(DOCUMENT).content().as("docs/failure-matrix.md").isEqualTo(observed);
    }

    private FailureMatrix matrix() {
        FailureMatrix matrix = new FailureMatrix();
        runs.forEach(
                (run, played) -> {
                    if (run.transport() == TransportKind.AUTO) {
                        matrix.add(run, played.join());
                    }
                });
        return matrix;
    }
}
