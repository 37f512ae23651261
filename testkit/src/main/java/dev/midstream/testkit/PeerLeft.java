package dev.midstream.testkit;

/** The client is gone, or the provider is being closed; there is nobody to answer any more. */
final class PeerLeft extends Exception {

    private final ExchangeEnd.Kind kind;

    PeerLeft(ExchangeEnd.Kind kind) {
        super(kind.name(), null, false, false);
        this.kind = kind;
    }

    ExchangeEnd.Kind kind() {
        return kind;
    }
}
