package dev.midstream.routing;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of several deployments of one model group and one {@code order} is asked first.
 * Implementations are pure and thread-safe.
 *
 * <p>What a strategy does not decide: who is cooled, full or cannot be asked comes last or not at
 * all, and whom a request prefers comes first.
 */
public interface Strategy {

    /** All alike: the shuffle by weight alone decides. */
    Strategy SHUFFLE = (deployments, stream) -> new double[deployments.size()];

    /**
     * A rank for each of these deployments, in the same order: lower is asked sooner, those of
     * equal rank are shuffled by weight.
     *
     * @param stream whether the client wants a stream
     */
    double[] ranks(List<View> deployments, boolean stream);

    /** What is known of a deployment when a request is about to be asked there. */
    interface View {

        Deployment deployment();

        /** Attempts that run there now. */
        int inFlight();

        /** Tokens of the last minute, input and output together. */
        long tokensThisMinute();

        /**
         * The mean time until the first content of an answer, in seconds, by what was measured
         * within this time; null if nothing was. A failure counts as slow.
         */
        @Nullable Double firstToken(Duration within);

        /** The same of the whole time of an answer, divided by its tokens where these are told. */
        @Nullable Double perToken(Duration within);
    }
}
