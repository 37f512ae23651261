package dev.midstream.conformance;

/** A library that asks models. */
@FunctionalInterface
interface Client {

    /**
     * Does what the order says.
     *
     * @throws Exception what the library throws, or {@link java.util.concurrent.TimeoutException}
     *     when it falls silent
     */
    void run(Order order, Seen seen) throws Exception;
}
