package dev.midstream.gateway.drill;

import dev.midstream.testkit.scenario.Wire;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What clients would have seen. Immutable.
 *
 * @param about the configuration, as it is to be named
 * @param took the whole drill
 */
public record DrillReport(String about, List<Chain> chains, Duration took) {

    public DrillReport {
        chains = List.copyOf(chains);
    }

    /**
     * The rehearsals of one group's chain.
     *
     * @param walk the deployments in order, for people
     */
    public record Chain(String group, List<String> walk, List<Row> rows) {
        public Chain {
            walk = List.copyOf(walk);
            rows = List.copyOf(rows);
        }
    }

    /**
     * One way to fail.
     *
     * @param failure what goes wrong
     * @param phase when it does
     * @param settings what was set for this row, short clocks above all
     * @param absent parts for which the chain has nobody: it was played without them
     * @param cells by the protocol of the client
     */
    public record Row(
            String failure,
            String phase,
            List<String> settings,
            List<String> absent,
            Map<Wire, Cell> cells) {
        public Row {
            settings = List.copyOf(settings);
            absent = List.copyOf(absent);
            cells = Map.copyOf(cells);
        }

        /** Whether it can happen to somebody. */
        public boolean played() {
            return cells.values().stream().anyMatch(cell -> !(cell instanceof Cell.NotPlayed));
        }
    }

    /** How many answers were so. */
    public long count(Predicate<Cell> kind) {
        return cells().filter(kind).count();
    }

    private Stream<Cell> cells() {
        return chains.stream()
                .flatMap(chain -> chain.rows().stream())
                .map(Row::cells)
                .map(Map::values)
                .flatMap(Collection::stream);
    }

    /** 0 if every answer was whole or the true error, else 1. */
    public int exitStatus() {
        return cells().allMatch(Cell::holds) ? 0 : 1;
    }
}
