package dev.midstream.gateway.drill;

import java.time.Duration;
import java.util.List;

/**
 * What real deployments did. Immutable.
 *
 * @param about the configuration, as it is to be named
 */
public record LiveReport(String about, List<Row> rows) {

    public LiveReport {
        rows = List.copyOf(rows);
    }

    /** What was tried. */
    public enum Kind {
        /** A short request to one deployment. */
        DEPLOYMENT,
        /** A chain whose first deployment's answer was cut on the way. */
        CHAIN
    }

    /**
     * One try.
     *
     * @param who the deployment or the chain's group
     * @param cell what came of it
     * @param held whether it was as it should be: an answer, and for a chain one that was gone on
     *     with
     * @param tokens that all attempts together cost, as far as they were told
     */
    public record Row(Kind kind, String who, Cell cell, boolean held, long tokens) {
        /** How long it took. */
        public Duration took() {
            return cell.took();
        }
    }

    /** 0 if everything was as it should be, else 1. */
    public int exitStatus() {
        return rows.stream().allMatch(Row::held) ? 0 : 1;
    }
}
