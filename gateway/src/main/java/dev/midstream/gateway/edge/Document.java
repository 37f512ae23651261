package dev.midstream.gateway.edge;

import org.jspecify.annotations.Nullable;

/** A page that is made anew for whoever looks, in whatever form they like. Thread-safe. */
public interface Document {

    /** Whether it is shown without a key. */
    boolean open();

    /**
     * Called off the loop: may take a moment.
     *
     * @param accept the request's header, null if it has none
     */
    Content content(@Nullable String accept);

    /** What is shown. */
    record Content(String type, byte[] body) {}
}
