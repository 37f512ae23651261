package dev.midstream.testkit.scenario;

import java.util.ArrayList;
import java.util.List;

/** Which protocol the primary speaks, and which the others. */
public enum Pair {
    /** The primary speaks chat, the others chat. */
    CHAT_CHAT(Wire.CHAT, Wire.CHAT),
    /** The primary speaks chat, the others Messages. */
    CHAT_MESSAGES(Wire.CHAT, Wire.MESSAGES),
    /** The primary speaks chat, the others Responses. */
    CHAT_RESPONSES(Wire.CHAT, Wire.RESPONSES),
    /** The primary speaks Messages, the others chat. */
    MESSAGES_CHAT(Wire.MESSAGES, Wire.CHAT),
    /** The primary speaks Messages, the others Messages. */
    MESSAGES_MESSAGES(Wire.MESSAGES, Wire.MESSAGES),
    /** The primary speaks Messages, the others Responses. */
    MESSAGES_RESPONSES(Wire.MESSAGES, Wire.RESPONSES),
    /** The primary speaks Responses, the others chat. */
    RESPONSES_CHAT(Wire.RESPONSES, Wire.CHAT),
    /** The primary speaks Responses, the others Messages. */
    RESPONSES_MESSAGES(Wire.RESPONSES, Wire.MESSAGES),
    /** The primary speaks Responses, the others Responses. */
    RESPONSES_RESPONSES(Wire.RESPONSES, Wire.RESPONSES);

    /** All of them. */
    public static final List<Pair> ALL = List.of(values());

    /** Where nobody but the primary speaks, or the others' protocol makes no difference. */
    public static final List<Pair> SAME =
            List.of(CHAT_CHAT, MESSAGES_MESSAGES, RESPONSES_RESPONSES);

    /** Where the others may go on with an assistant's message. */
    public static final List<Pair> PREFILLABLE =
            List.of(CHAT_MESSAGES, MESSAGES_CHAT, RESPONSES_CHAT, RESPONSES_MESSAGES);

    /** Where nobody speaks Responses. */
    public static final List<Pair> OLDER =
            List.of(CHAT_CHAT, CHAT_MESSAGES, MESSAGES_CHAT, MESSAGES_MESSAGES);

    /** Where the primary speaks Responses. */
    public static final List<Pair> RESPONSES_FIRST =
            List.of(RESPONSES_CHAT, RESPONSES_MESSAGES, RESPONSES_RESPONSES);

    /** Chat on both sides. */
    public static final List<Pair> CHAT_ONLY = List.of(CHAT_CHAT);

    /** Messages on both sides. */
    public static final List<Pair> MESSAGES_ONLY = List.of(MESSAGES_MESSAGES);

    /** Responses on both sides. */
    public static final List<Pair> RESPONSES_ONLY = List.of(RESPONSES_RESPONSES);

    private final Wire primary;
    private final Wire others;

    Pair(Wire primary, Wire others) {
        this.primary = primary;
        this.others = others;
    }

    /** The one of these two. */
    public static Pair of(Wire primary, Wire others) {
        return ALL.stream()
                .filter(pair -> pair.primary == primary && pair.others == others)
                .findFirst()
                .orElseThrow();
    }

    /**
     * Three pairings in which each protocol is the primary's once and the others' once; three of
     * these are all pairings.
     *
     * @param turn any number
     */
    public static List<Pair> eachOnce(int turn) {
        List<Pair> three = new ArrayList<>();
        for (int i = 0; i < Wire.ALL.size(); i++) {
            int next = Math.floorMod(i + turn, Wire.ALL.size());
            three.add(of(Wire.ALL.get(i), Wire.ALL.get(next)));
        }
        return List.copyOf(three);
    }

    /** What it speaks in this role. */
    public Wire of(Role role) {
        return role.group().equals(Role.PRIMARY.group()) ? primary : others;
    }

    /** For people: {@code chat → Messages}. */
    public String label() {
        return primary.label() + " → " + others.label();
    }
}
