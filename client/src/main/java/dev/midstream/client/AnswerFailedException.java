package dev.midstream.client;

import dev.midstream.model.Failure;
import dev.midstream.model.Request;
import dev.midstream.protocol.ErrorReport;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer that could not be completed, whatever was tried: before its first content, or in the
 * middle of it.
 *
 * <p>It tells the <em>first</em> upstream failure in the provider's own words, never re-labelled;
 * what was tried is in {@link #attempts()}. What had been delivered is in {@link #text()} and
 * {@link #blocks()}, and {@link #request()} is the request as it was given, so that an outer layer
 * can ask again with the original messages.
 *
 * <p><b>Cause</b>: what a {@link RecoveryPolicy} or a {@link dev.midstream.routing.Strategy} threw
 * where that ended the call; else what the transport threw first; those very objects. Whatever else
 * was thrown is suppressed in it.
 */
public final class AnswerFailedException extends MidstreamException {

    private static final long serialVersionUID = 1;

    private final transient ErrorReport error;
    private final transient Answer delivered;
    private final transient Request request;

    AnswerFailedException(
            ErrorReport error, Answer delivered, Request request, @Nullable Throwable thrown) {
        super(error.message(), thrown != null ? thrown : firstThrown(delivered.report()));
        this.error = error;
        this.delivered = delivered;
        this.request = request;
        attempts().forEach(this::suppress);
    }

    private static @Nullable Throwable firstThrown(CallReport report) {
        for (AttemptReport attempt : report.attempts()) {
            if (attempt.thrown() != null) {
                return attempt.thrown();
            }
        }
        return null;
    }

    @SuppressWarnings("ReferenceEquality") // the very object, or another one
    private void suppress(AttemptReport attempt) {
        Throwable thrown = attempt.thrown();
        if (thrown != null && thrown != getCause() && thrown != this) {
            addSuppressed(thrown);
        }
    }

    /** The first upstream failure, typed by what happened on the wire. */
    public Failure failure() {
        return error.first();
    }

    /**
     * The HTTP status that the first failure came with, or its twin for what came inside a stream
     * or has none: 502 for a broken connection, 504 for a timeout.
     */
    public int status() {
        return error.status();
    }

    /** The provider's type of error ({@code overloaded_error}), or ours where no provider spoke. */
    public String type() {
        return error.type();
    }

    /** The provider's code as text, null if it gave none. */
    public @Nullable String code() {
        return error.code();
    }

    /** Whether asking again later, with the same request, may help. */
    @Override
    public boolean retryable() {
        return error.retryable();
    }

    /** How long to wait before that, null where nothing was said. */
    public @Nullable Duration retryAfter() {
        return error.retryAfter();
    }

    /** Whether any of the answer had been delivered. */
    public boolean delivered() {
        return !delivered.blocks().isEmpty();
    }

    /** The text that had been delivered, empty if none was. */
    public String text() {
        return delivered.text();
    }

    /** All that had been delivered, in order; the last block may be incomplete. */
    public List<Block> blocks() {
        return delivered.blocks();
    }

    /** What was tried, in order, each with its failure and with what was thrown. */
    public List<AttemptReport> attempts() {
        return report().attempts();
    }

    /** How the call went. */
    public CallReport report() {
        return delivered.report();
    }

    /** The request as it was given. */
    public Request request() {
        return request;
    }
}
