package dev.midstream.gateway.scenario;

import java.util.List;

/** Which protocol the primary speaks, and which the others. */
enum Pair {
    CHAT_CHAT(Wire.CHAT, Wire.CHAT),
    CHAT_MESSAGES(Wire.CHAT, Wire.MESSAGES),
    MESSAGES_CHAT(Wire.MESSAGES, Wire.CHAT),
    MESSAGES_MESSAGES(Wire.MESSAGES, Wire.MESSAGES);

    static final List<Pair> ALL = List.of(values());

    /** Where nobody but the primary speaks, or the others' protocol makes no difference. */
    static final List<Pair> SAME = List.of(CHAT_CHAT, MESSAGES_MESSAGES);

    static final List<Pair> CHAT_FIRST = List.of(CHAT_CHAT, CHAT_MESSAGES);

    static final List<Pair> CHAT_ONLY = List.of(CHAT_CHAT);

    static final List<Pair> MESSAGES_ONLY = List.of(MESSAGES_MESSAGES);

    private final Wire primary;
    private final Wire others;

    Pair(Wire primary, Wire others) {
        this.primary = primary;
        this.others = others;
    }

    Wire of(Role role) {
        return role.group().equals(Role.PRIMARY.group()) ? primary : others;
    }

    String label() {
        return primary.label() + " → " + others.label();
    }
}
