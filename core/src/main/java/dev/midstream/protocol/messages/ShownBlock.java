package dev.midstream.protocol.messages;

import dev.midstream.model.BlockKind;
import dev.midstream.model.Json;
import dev.midstream.model.Seal;
import org.jspecify.annotations.Nullable;

/** A content block that a client is being shown. */
final class ShownBlock {

    /** Its number in the canonical answer, and on the client's wire. */
    final int number;

    final int index;
    final BlockKind kind;

    /** Whether the call takes free text, which goes into the one member of an object. */
    final boolean custom;

    /** Whether its frames go out as they come: its start did. */
    boolean asItCame;

    /** Whether clients demand a piece of input before its end. */
    boolean call;

    boolean said;

    /** The input of a call that came whole with its start, null if there is none. */
    @Nullable Json input;

    @Nullable Seal seal;

    ShownBlock(int number, int index, BlockKind kind, boolean custom) {
        this.number = number;
        this.index = index;
        this.kind = kind;
        this.custom = custom;
        this.call = kind == BlockKind.TOOL_CALL;
    }
}
