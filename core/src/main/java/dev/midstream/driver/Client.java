package dev.midstream.driver;

import dev.midstream.model.Frame;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.Usage;
import dev.midstream.protocol.ErrorReport;
import dev.midstream.relay.Head;
import dev.midstream.relay.Summary;
import org.jspecify.annotations.Nullable;

/**
 * Whom an answer goes to, as a driver sees it.
 *
 * <p><b>Shape</b>: {@code open, commit?, (frame | event | heartbeat | comment | reset)*, (finish |
 * fail | abandoned | abort)?, end}.
 *
 * <p><b>Thread-safety</b>: confined to the call's {@link Loop}.
 */
public interface Client {

    /** Told whether the client takes more; never from within a call of this interface. */
    interface Writability {
        void writable(boolean writable);
    }

    /** Begins to watch whether the client keeps up. */
    void open(Writability told);

    /** The answer begins; nothing of it was shown before. */
    void commit(Head head);

    /** Shows a frame as it came; valid only until this returns. */
    void frame(Frame frame);

    void event(StreamEvent event);

    /** Nothing was shown for a while. */
    void heartbeat();

    /** A note beside the answer. */
    void comment(String text);

    /** Forgets what was shown: an assembled answer that nobody has seen starts over. */
    void reset();

    void finish(Usage usage, Summary summary);

    /**
     * Ends in an error, whether or not something was shown.
     *
     * @param summary null only where a bug of ours ended the call
     * @param bug ours or of what is plugged in, where that ended the call; else null
     */
    void fail(ErrorReport report, @Nullable Summary summary, @Nullable Throwable bug);

    /** The client has left before the end. */
    void abandoned(Summary summary);

    /** Whether something has been shown that cannot be taken back. */
    boolean begun();

    /** Not even an error could be shown: whatever the answer went to is closed. */
    void abort();

    /** Nothing is shown any more; also after {@code finish} and {@code fail}. */
    void end();
}
