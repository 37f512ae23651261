package dev.midstream.routing;

import org.jspecify.annotations.Nullable;

/** Where a request may go next, one after the other. */
interface Trail {

    /** The next one, null at the end. */
    @Nullable Destination next();
}
