package dev.midstream.gateway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.scenario.Client.Reading;
import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.scenario.Catalogue;
import dev.midstream.testkit.scenario.Pair;
import dev.midstream.testkit.scenario.Scenario;
import dev.midstream.testkit.scenario.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Plays every scenario with clients of each protocol over upstreams of each protocol, and through
 * each face of the library, several at a time.
 *
 * <p>{@code -Dscenario=REGEX} plays only those whose names fit; {@code -Dlibrary=everything} plays
 * through the library in every idiom and pairing that there is. {@code -Dfailure-matrix=write}
 * writes {@code docs/failure-matrix.md} instead of comparing it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpstreamFailuresTest {

    private static final int AT_A_TIME = 12;

    /** A thread that waits for the library has no patience of its own. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final boolean EVERYTHING =
            System.getProperty("library", "").equals("everything");
    private static final String WANTED = System.getProperty("scenario", "");
    private static final Path DOCUMENT = Path.of("..", "docs", "failure-matrix.md");
    private static final Path OBSERVED = Path.of("target", "failure-matrix.md");

    private final Map<Play, CompletableFuture<Observation>> plays = new LinkedHashMap<>();
    private final ExecutorService players =
            Executors.newFixedThreadPool(
                    AT_A_TIME, Thread.ofPlatform().daemon().name("play-", 0).factory());

    @BeforeAll
    void playAll() {
        Pattern wanted = Pattern.compile(WANTED);
        Catalogue.all().stream()
                .flatMap(scenario -> Stream.concat(runs(scenario), throughLibrary(scenario)))
                .filter(play -> wanted.matcher(play.name()).find())
                .forEach(play -> plays.put(play, new CompletableFuture<>()));
        plays.forEach((play, played) -> played.completeAsync(play::play, player(play)));
    }

    /** Those that take their time only wait, and keep nobody from playing. */
    private Executor player(Play play) {
        return play.scenario().beginsFirst() ? Thread::startVirtualThread : players;
    }

    @Test
    void whatIsDueIsSaidOfScenariosThatThereAre() {
        assertThat(Catalogue.all())
                .extracting(Scenario::name)
                .doesNotHaveDuplicates()
                .containsAll(Dues.all().names());
    }

    @Test
    void everyScenarioIsPlayedThroughEveryFaceOfTheLibrary() {
        for (Scenario scenario : Catalogue.all()) {
            assertThat(LibraryRun.some(scenario))
                    .as(scenario.name())
                    .extracting(run -> run.face() + " " + run.idiom().canonical())
                    .containsExactlyInAnyOrderElementsOf(
                            Face.ALL.stream()
                                    .flatMap(face -> Stream.of(face + " true", face + " false"))
                                    .toList());
        }
    }

    @Test
    void everyIdiomOfTheLibraryMeetsEveryPairOfUpstreams() {
        assertThat(Catalogue.all().stream().flatMap(LibraryRun::some))
                .extracting(run -> run.idiom() + " " + run.pair())
                .containsAll(
                        Catalogue.all().stream()
                                .flatMap(LibraryRun::all)
                                .map(run -> run.idiom() + " " + run.pair())
                                .collect(Collectors.toSet()));
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

    private static Stream<LibraryRun> throughLibrary(Scenario scenario) {
        return EVERYTHING ? LibraryRun.all(scenario) : LibraryRun.some(scenario);
    }

    @TestFactory
    Stream<DynamicContainer> failures() {
        Map<String, List<DynamicTest>> byFailure = new LinkedHashMap<>();
        plays.forEach(
                (play, played) ->
                        byFailure
                                .computeIfAbsent(play.scenario().failure(), f -> new ArrayList<>())
                                .add(
                                        DynamicTest.dynamicTest(
                                                play.name(), () -> judge(play, played))));
        return byFailure.entrySet().stream()
                .map(entry -> DynamicContainer.dynamicContainer(entry.getKey(), entry.getValue()));
    }

    /** The library gives what the gateway gives. */
    private void judge(Play play, CompletableFuture<Observation> played) throws Exception {
        Observation observed = await(played);
        if (play instanceof LibraryRun run) {
            Run twin = run.twin(observed);
            if (plays.containsKey(twin) || WANTED.isEmpty()) {
                observed.verifyLike(await(Objects.requireNonNull(plays.get(twin))));
            }
        }
    }

    private static Observation await(CompletableFuture<Observation> played) throws Exception {
        try {
            return played.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("it does not end", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AssertionError wrong) {
                throw wrong;
            }
            throw e;
        }
    }

    @AfterAll
    void thePublishedMatrixIsWhatWasObserved() throws IOException {
        players.shutdownNow();
        if (EVERYTHING
                || !WANTED.isEmpty()
                || plays.values().stream().anyMatch(CompletableFuture::isCompletedExceptionally)) {
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
        plays.forEach(
                (play, played) -> {
                    switch (play) {
                        case Run run when run.transport() == TransportKind.AUTO ->
                                matrix.add(run, played.join());
                        case Run onAnother -> {}
                        case LibraryRun run -> matrix.add(run);
                    }
                });
        return matrix;
    }
}
