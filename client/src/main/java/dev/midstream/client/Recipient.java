package dev.midstream.client;

import dev.midstream.driver.Client;
import dev.midstream.model.Failure;
import dev.midstream.model.Frame;
import dev.midstream.model.Request;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.Usage;
import dev.midstream.protocol.ErrorReport;
import dev.midstream.relay.Head;
import dev.midstream.relay.Summary;
import org.jspecify.annotations.Nullable;

/**
 * The caller of the library, as a driver sees it: keeps account of what was delivered, and says how
 * it ended, to the call's listener first.
 *
 * <p><b>Thread-safety</b>: confined to the call's loop.
 */
abstract class Recipient<T> implements Client {

    private final Request request;
    private final Receiver<T> receiver;
    private final CallHooks hooks;
    private final AnswerAssembly assembly = new AnswerAssembly();
    private boolean begun;
    private boolean told;

    Recipient(Request request, Receiver<T> receiver, CallHooks hooks) {
        this.request = request;
        this.receiver = receiver;
        this.hooks = hooks;
    }

    // ------------------------------------------------------------------------------ what is shown

    /** Hands an item over. */
    final void deliver(T item) {
        receiver.next(item);
    }

    /** Takes down what an item says. */
    final void account(StreamEvent event) {
        assembly.add(event);
    }

    /** What is left to show of a whole answer. */
    abstract void end(Usage usage);

    // --------------------------------------------------------------------------------- the client

    @Override
    public void open(Writability writability) {
        receiver.open(writability);
    }

    @Override
    public void commit(Head head) {
        begun = true;
    }

    @Override
    public void frame(Frame frame) {
        for (int i = 0; i < frame.size(); i++) {
            event(frame.event(i));
        }
    }

    @Override
    public void heartbeat() {}

    @Override
    public void comment(String text) {}

    @Override
    public void reset() {
        assembly.reset();
    }

    @Override
    public final void finish(Usage usage, Summary summary) {
        end(usage);
        CallReport report = hooks.report(summary);
        told = true;
        Answer answer = assembly.answer(report);
        hooks.ended(answer, null);
        receiver.complete(answer);
    }

    @Override
    public final void fail(ErrorReport error, @Nullable Summary summary, @Nullable Throwable bug) {
        Answer delivered = assembly.answer(hooks.report(summary));
        Throwable own = hooks.thrown();
        MidstreamException failure =
                error.first() instanceof Failure.ShuttingDown
                        ? new RouterClosedException()
                        : new AnswerFailedException(
                                error, delivered, request, own != null ? own : bug);
        told = true;
        hooks.ended(delivered, failure);
        receiver.failed(failure);
    }

    @Override
    public final boolean begun() {
        return begun;
    }

    @Override
    public final void abort() {
        if (!told) {
            told = true;
            receiver.failed(new CancelledException("The answer could not be ended", null));
        }
    }

    @Override
    public final void abandoned(Summary summary) {
        Answer delivered = assembly.answer(hooks.report(summary));
        told = true;
        hooks.ended(delivered, new CancelledException("The answer was not wanted any more", null));
    }

    @Override
    public final void end() {}
}
