package dev.midstream.routing;

/** What a plan says should happen next. */
public sealed interface Choice {

    /**
     * Ask this deployment now; it counts as an attempt from here on.
     *
     * @param fallback whether it belongs to another group than the one the client asked for
     */
    record Ask(Deployment deployment, String group, boolean fallback) implements Choice {}

    /** Nobody can be asked before this time (monotonic nanoseconds); then come again. */
    record WaitUntil(long nanos) implements Choice {}

    /** Nobody is left within the budget. */
    record Exhausted() implements Choice {}
}
