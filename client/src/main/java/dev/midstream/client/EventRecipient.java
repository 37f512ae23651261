package dev.midstream.client;

import dev.midstream.model.Request;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.Usage;

/**
 * Hands an answer over in the canonical model: one lifecycle, whatever happened upstream.
 *
 * <p><b>Shape</b>: {@code Opened, (BlockStarted, (Delta | Signed | Attached)*, BlockEnded |
 * Restarted)*, ChoiceEnded per choice, UsageReported?, Terminated}.
 */
final class EventRecipient extends Recipient<StreamEvent> {

    private boolean opened;

    EventRecipient(Request request, Receiver<StreamEvent> receiver, CallHooks hooks) {
        super(request, receiver, hooks);
    }

    @Override
    public void event(StreamEvent event) {
        switch (event) {
            case StreamEvent.Opened first -> open(first);
            case StreamEvent.BlockStarted e -> pass(e);
            case StreamEvent.Delta e -> pass(e);
            case StreamEvent.Signed e -> pass(e);
            case StreamEvent.Attached e -> pass(e);
            case StreamEvent.BlockEnded e -> pass(e);
            case StreamEvent.ChoiceEnded e -> pass(e);
            case StreamEvent.Restarted e -> pass(e);
            case StreamEvent.UsageReported e -> {}
            case StreamEvent.Terminated e -> {}
            case StreamEvent.Pinged e -> {}
            case StreamEvent.Malformed e -> {}
            case StreamEvent.Failed e -> {}
        }
    }

    private void open(StreamEvent.Opened event) {
        if (!opened) {
            opened = true;
            pass(event);
        }
    }

    private void pass(StreamEvent event) {
        if (!opened) {
            open(new StreamEvent.Opened("", "", 0));
        }
        account(event);
        deliver(event);
    }

    @Override
    public void reset() {
        super.reset();
        opened = false;
    }

    @Override
    void end(Usage usage) {
        if (!usage.equals(Usage.NONE)) {
            pass(new StreamEvent.UsageReported(usage));
        }
        pass(new StreamEvent.Terminated());
    }
}
