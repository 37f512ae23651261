package dev.midstream.protocol.chat;

import dev.midstream.protocol.chat.Chunk.ChoiceDelta;
import java.util.BitSet;

/**
 * Finds roles that a stream tells again: OpenRouter and others repeat them in every chunk, and the
 * Python helper joins them to {@code assistantassistant}.
 */
final class RolesSeen {

    private static final int MOST_CHOICES = 128;

    private final BitSet choices = new BitSet();

    /**
     * The cuts of a chunk and, in their order, those that leave out the roles told before.
     *
     * @param cuts pairs of positions, ascending
     */
    int[] repeatedIn(Chunk chunk, int[] cuts) {
        int[] all = cuts;
        for (int i = 0; i < chunk.choices(); i++) {
            ChoiceDelta choice = chunk.choice(i);
            if (choice.roleTo > 0 && choice.index >= 0 && choice.index < MOST_CHOICES) {
                all = choices.get(choice.index) ? with(all, choice) : all;
                choices.set(choice.index);
            }
        }
        return all;
    }

    private static int[] with(int[] cuts, ChoiceDelta choice) {
        int at = 0;
        while (at < cuts.length && cuts[at] < choice.roleFrom) {
            at += 2;
        }
        int[] all = new int[cuts.length + 2];
        System.arraycopy(cuts, 0, all, 0, at);
        all[at] = choice.roleFrom;
        all[at + 1] = choice.roleTo;
        System.arraycopy(cuts, at, all, at + 2, cuts.length - at);
        return all;
    }
}
