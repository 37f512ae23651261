package dev.midstream.driver;

import dev.midstream.model.Failure;
import dev.midstream.model.Request;
import java.util.function.Consumer;

/** Finds what a request goes on from, where whoever is asked next does not keep it. Thread-safe. */
public interface Histories {

    /**
     * Writes the conversation before a request out.
     *
     * @param request with a {@linkplain Request#previous() kept answer} that it goes on from
     * @param found given the same request with the whole conversation in it
     * @param lost told why the conversation cannot be had; one of the two is told, once, on any
     *     thread, and never from within
     * @return ends the search: nothing more is asked, and nothing told
     */
    Runnable writeOut(
            Request request,
            Equipment equipment,
            Loop loop,
            Consumer<Request> found,
            Consumer<Failure> lost);
}
