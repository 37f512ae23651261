package dev.midstream.protocol.chat;

import dev.midstream.model.StreamEvent.Opened;
import java.util.function.Supplier;

/** An answer's id, model and time: the first upstream's, and minted where it gives none. */
final class ChatIdentity {

    private final String requestedModel;
    private final Supplier<String> minted;
    private final long nowSeconds;
    private String id = "";
    private String model = "";
    private long created;

    ChatIdentity(String requestedModel, Supplier<String> minted, long nowSeconds) {
        this.requestedModel = requestedModel;
        this.minted = minted;
        this.nowSeconds = nowSeconds;
    }

    boolean known() {
        return !id.isEmpty();
    }

    /** Whether the upstream named itself, so that its own events carry the same. */
    static boolean named(Opened opened) {
        return !opened.id().isEmpty() && !opened.model().isEmpty() && opened.created() != 0;
    }

    /** Takes the first one; every later one is ignored. */
    void take(Opened opened) {
        if (known()) {
            return;
        }
        id = opened.id().isEmpty() ? "chatcmpl-" + minted.get() : opened.id();
        model = opened.model().isEmpty() ? requestedModel : opened.model();
        created = opened.created() == 0 ? nowSeconds : opened.created();
    }

    /** Mints what no upstream has given. */
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

    long created() {
        return created;
    }

    /** An id for a tool call that came without one. */
    String callId() {
        return "call_" + minted.get();
    }
}
