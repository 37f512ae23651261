package dev.midstream.bench;

/** The client's protocol and the upstream's, written {@code chat-messages}. */
record Pair(Wire client, Wire upstream) {

    static Pair of(String name) {
        int dash = name.indexOf('-');
        return new Pair(Wire.of(name.substring(0, dash)), Wire.of(name.substring(dash + 1)));
    }
}
