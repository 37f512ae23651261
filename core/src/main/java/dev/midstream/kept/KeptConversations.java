package dev.midstream.kept;

import dev.midstream.driver.Equipment;
import dev.midstream.driver.Histories;
import dev.midstream.driver.Loop;
import dev.midstream.model.Failure;
import dev.midstream.model.Held;
import dev.midstream.model.Request;
import dev.midstream.routing.Fleet;
import java.util.function.Consumer;

/**
 * Fetches a conversation from the provider that keeps it, so that another one can go on with it.
 * Thread-safe.
 */
public final class KeptConversations implements Histories {

    private final Fleet fleet;

    public KeptConversations(Fleet fleet) {
        this.fleet = fleet;
    }

    @Override
    public Runnable writeOut(
            Request request,
            Equipment equipment,
            Loop loop,
            Consumer<Request> found,
            Consumer<Failure> lost) {
        Held previous = request.previous();
        if (previous == null) {
            loop.execute(() -> found.accept(request));
            return () -> {};
        }
        ConversationFetch fetch =
                new ConversationFetch(fleet, request, equipment, loop, found, lost);
        loop.execute(() -> fetch.begin(previous));
        return fetch::cancel;
    }
}
