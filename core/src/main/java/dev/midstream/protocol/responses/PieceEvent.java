package dev.midstream.protocol.responses;

import dev.midstream.json.Bytes;

/**
 * An event that brings a piece of a text, of which nothing but that piece and the number changes
 * from one to the next.
 *
 * @param head up to the number
 * @param middle between the number and the piece
 * @param tail behind the piece
 */
record PieceEvent(byte[] head, byte[] middle, byte[] tail) {

    /**
     * @param where the members that say what the event is about, each with a comma behind it
     * @param further members behind the piece, each with a comma before it
     */
    static PieceEvent of(String type, Bytes where, String further) {
        Bytes head = new Bytes(256).text("event: ").text(type).text("\ndata: {\"type\":\"");
        Bytes middle = new Bytes(256).text(",").write(where.array(), 0, where.length());
        Bytes tail = new Bytes(64).text("\"").text(further).text("}\n\n");
        return new PieceEvent(
                head.text(type).text("\",\"sequence_number\":").toByteArray(),
                middle.text("\"delta\":\"").toByteArray(),
                tail.toByteArray());
    }
}
