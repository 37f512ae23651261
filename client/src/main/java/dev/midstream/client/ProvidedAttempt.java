package dev.midstream.client;

import dev.midstream.client.http.Breakage;
import dev.midstream.client.spi.Provider;
import dev.midstream.driver.Attempt;
import dev.midstream.driver.Loop;
import dev.midstream.model.Failure;
import dev.midstream.model.Frame;
import dev.midstream.model.StreamEvent;
import dev.midstream.relay.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An attempt at a provider that was plugged in. Confined to the call's loop. */
final class ProvidedAttempt implements Attempt, Provider.Answering {

    private final Provider provider;
    private final Step.Start start;
    private final Loop loop;
    private final Listener listener;
    private Runnable cancellation = () -> {};
    private boolean answering;
    private boolean over;

    ProvidedAttempt(Provider provider, Step.Start start, Loop loop, Listener listener) {
        this.provider = provider;
        this.start = start;
        this.loop = loop;
        this.listener = listener;
    }

    // -------------------------------------------------------------------------- the driver's side

    @Override
    public int number() {
        return start.attempt();
    }

    @Override
    public void begin() {
        try {
            cancellation = provider.answer(start.draft(), start.face().target(), this);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void cancel() {
        if (!over) {
            over = true;
            cancellation.run();
        }
    }

    @Override
    public void letEnd() {
        over = true;
    }

    /** What a provider in this process has said is kept until it is wanted. */
    @Override
    public void reading(boolean wanted) {}

    // ------------------------------------------------------------------------ the provider's side

    @Override
    public void event(StreamEvent event) {
        loop.execute(() -> told(event));
    }

    private void told(StreamEvent event) {
        if (over) {
            return;
        }
        if (!answering) {
            answering = true;
            listener.answering(number(), null);
        }
        listener.frame(number(), Frame.synthetic(List.of(event)));
    }

    @Override
    public void complete() {
        loop.execute(() -> ended(null, null));
    }

    @Override
    public void failed(Failure failure) {
        loop.execute(() -> ended(failure, null));
    }

    @Override
    public void failed(Throwable thrown) {
        loop.execute(
                () ->
                        ended(
                                Breakage.of(thrown, answering, start.face().endpoint().plain()),
                                thrown));
    }

    private void ended(@Nullable Failure failure, @Nullable Throwable thrown) {
        if (!over) {
            over = true;
            listener.ended(number(), failure, thrown);
        }
    }
}
