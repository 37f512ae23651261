package dev.midstream.gateway.drill;

import dev.midstream.gateway.drill.DrillReport.Chain;
import dev.midstream.gateway.drill.DrillReport.Row;
import dev.midstream.gateway.drill.Line.Link;
import dev.midstream.routing.RouterConfig;
import dev.midstream.testkit.scenario.Catalogue;
import dev.midstream.testkit.scenario.Scenario;
import dev.midstream.testkit.scenario.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rehearses every chain of a configuration against stand-ins that break it in every way. */
public final class Drill {

    /** Most of them wait most of the time. */
    private static final int AT_A_TIME = 12;

    /** Which of the models behind a pattern; all are rehearsed alike. */
    private static final String INSTANCE = "rehearsal";

    private final RouterConfig config;
    private final Predicate<String> groups;
    private final Predicate<String> scenarios;
    private final @Nullable Scoreboard scoreboard;

    /**
     * @param groups which model groups are drilled, by their names
     * @param scenarios which ways to fail are played, by {@code failure, phase}
     */
    public Drill(RouterConfig config, Predicate<String> groups, Predicate<String> scenarios) {
        this(config, groups, scenarios, null);
    }

    private Drill(
            RouterConfig config,
            Predicate<String> groups,
            Predicate<String> scenarios,
            @Nullable Scoreboard scoreboard) {
        this.config = config;
        this.groups = groups;
        this.scenarios = scenarios;
        this.scoreboard = scoreboard;
    }

    /** The same, heard of by a scoreboard. */
    public Drill toldTo(Scoreboard board) {
        return new Drill(config, groups, scenarios, board);
    }

    /**
     * Plays all of it; takes some ten seconds for each group.
     *
     * @param about the configuration, as it is to be named
     */
    public DrillReport run(String about) {
        long began = System.nanoTime();
        Map<Line, List<Casting>> castings = new LinkedHashMap<>();
        Line.all(config, groups, INSTANCE).forEach(line -> castings.put(line, castings(line)));
        Map<Casting, Map<Wire, CompletableFuture<Cell>>> played = playAll(castings);
        List<Chain> chains = new ArrayList<>();
        castings.forEach((line, some) -> chains.add(chain(line, some, played)));
        return new DrillReport(about, chains, Duration.ofNanos(System.nanoTime() - began));
    }

    private List<Casting> castings(Line line) {
        return Stream.concat(
                        Catalogue.all().stream().map(scenario -> Casting.of(line, scenario)),
                        Casting.ofEachHop(line).stream())
                .filter(casting -> scenarios.test(casting.scenario().name()))
                .toList();
    }

    private Map<Casting, Map<Wire, CompletableFuture<Cell>>> playAll(
            Map<Line, List<Casting>> castings) {
        Map<Casting, Map<Wire, CompletableFuture<Cell>>> played = new LinkedHashMap<>();
        Semaphore places = new Semaphore(AT_A_TIME, true);
        try (ExecutorService players = Executors.newVirtualThreadPerTaskExecutor()) {
            castings.values().stream()
                    .flatMap(List::stream)
                    .sorted(Comparator.comparing(Drill::startsLater))
                    .forEach(casting -> played.put(casting, play(casting, places, players)));
        }
        return played;
    }

    private static boolean startsLater(Casting casting) {
        return !casting.scenario().beginsFirst();
    }

    private Map<Wire, CompletableFuture<Cell>> play(
            Casting casting, Semaphore places, ExecutorService players) {
        Map<Wire, CompletableFuture<Cell>> cells = new EnumMap<>(Wire.class);
        for (Wire client : Wire.ALL) {
            places.acquireUninterruptibly();
            cells.put(
                    client,
                    CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return new Rehearsal(casting, client, scoreboard).play();
                                } finally {
                                    places.release();
                                }
                            },
                            players));
        }
        return cells;
    }

    private static Chain chain(
            Line line,
            List<Casting> castings,
            Map<Casting, Map<Wire, CompletableFuture<Cell>>> played) {
        List<Row> rows = new ArrayList<>();
        for (Casting casting : castings) {
            Scenario scenario = casting.scenario();
            Map<Wire, Cell> cells = new EnumMap<>(Wire.class);
            played.getOrDefault(casting, Map.of())
                    .forEach((client, cell) -> cells.put(client, cell.join()));
            rows.add(
                    new Row(
                            scenario.failure(),
                            scenario.phase(),
                            casting.settings(),
                            casting.absent(),
                            cells));
        }
        return new Chain(line.group(), line.links().stream().map(Drill::told).toList(), rows);
    }

    private static String told(Link link) {
        return link.label() + " (" + link.model() + ")";
    }
}
