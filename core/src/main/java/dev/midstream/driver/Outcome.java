package dev.midstream.driver;

import dev.midstream.protocol.ErrorReport;
import dev.midstream.relay.Summary;
import org.jspecify.annotations.Nullable;

/** How a call ended. */
public sealed interface Outcome {

    /** How it went on the way, null only where a bug of ours ended it. */
    @Nullable Summary summary();

    /** The client has the whole answer. */
    record Completed(Summary summary) implements Outcome {}

    /** The client was told an error. */
    record Failed(ErrorReport report, @Nullable Summary summary) implements Outcome {}

    /** The client left. */
    record Abandoned(Summary summary) implements Outcome {}
}
