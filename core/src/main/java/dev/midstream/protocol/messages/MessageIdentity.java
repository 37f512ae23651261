package dev.midstream.protocol.messages;

import dev.midstream.model.Message;
import dev.midstream.model.Part;
import dev.midstream.model.Request;
import dev.midstream.model.StreamEvent.Opened;
import java.util.function.Supplier;

/**
 * An answer's id and model, the first upstream's, and the ids of its tool calls: minted where an
 * upstream gives none, or one that Anthropic would refuse when the client sends it back. Not
 * thread-safe.
 */
final class MessageIdentity {

    private static final String MARK = "msg_";

    private final Request request;
    private final Supplier<String> minted;
    private final ToolIds calls = new ToolIds();
    private boolean callsKnown;
    private String id = "";
    private String model = "";

    MessageIdentity(Request request, Supplier<String> minted) {
        this.request = request;
        this.minted = minted;
    }

    boolean known() {
        return !id.isEmpty();
    }

    /** Whether an upstream named itself as Anthropic does, so that its own events may go out. */
    static boolean named(Opened opened) {
        return opened.id().startsWith(MARK) && !opened.model().isEmpty();
    }

    /** Takes the first one; every later one is ignored. */
    void take(Opened opened) {
        if (!known()) {
            id = opened.id().startsWith(MARK) ? opened.id() : MARK + minted.get();
            model = opened.model().isEmpty() ? request.model() : opened.model();
        }
    }

    void ensure() {
        take(new Opened("", "", 0));
    }

    void forget() {
        id = "";
    }

    String id() {
        return id;
    }

    String model() {
        return model;
    }

    /** The id of the next call that its upstream knows by {@code id}: unlike any other's. */
    String callId(String id) {
        if (!callsKnown) {
            callsKnown = true;
            earlierCalls();
        }
        return calls.next(id.isEmpty() ? "toolu_" + minted.get() : id);
    }

    private void earlierCalls() {
        for (Message turn : request.messages()) {
            for (Part part : turn.parts()) {
                if (part instanceof Part.ToolCall call) {
                    calls.next(call.id());
                }
            }
        }
    }
}
