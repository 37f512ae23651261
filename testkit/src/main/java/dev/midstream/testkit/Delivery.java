package dev.midstream.testkit;

import java.time.Duration;
import java.util.List;

/**
 * How the bytes of an answer travel: framing, line ends, and where writes are split. It never
 * changes what a correct client reads.
 *
 * <p>Immutable.
 *
 * @param spreadData whether each JSON datum is spread over two {@code data} lines
 */
public record Delivery(Framing framing, LineEnd lineEnd, boolean spreadData, Writes writes) {

    /** Chunked, line feeds, an event a write: what the real providers do. */
    public static final Delivery USUAL =
            new Delivery(Framing.CHUNKED, LineEnd.LF, false, new PerEvent());

    /** How the end of a body is told. */
    public enum Framing {
        /** {@code transfer-encoding: chunked}; each write is a chunk. */
        CHUNKED,
        /** {@code content-length}; it promises more than comes, where the script breaks off. */
        CONTENT_LENGTH,
        /** By the end of the connection. */
        UNTIL_CLOSE
    }

    /** What ends a line of the event stream. */
    public enum LineEnd {
        /** Line feeds, as all providers write them. */
        LF("\n"),
        /** Carriage return and line feed. */
        CRLF("\r\n"),
        /** Carriage returns alone, which the specification allows. */
        CR("\r");

        private final String text;

        LineEnd(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /** Where the body is split into writes to the socket. */
    public sealed interface Writes {}

    /** A write an event. */
    public record PerEvent() implements Writes {}

    /** Everything between two waits in one write. */
    public record Joined() implements Writes {}

    /** A write an event, split further at these offsets of the body. */
    public record SplitAt(List<Integer> offsets) implements Writes {
        public SplitAt {
            offsets = offsets.stream().sorted().toList();
        }
    }

    /** Pieces of that many bytes with a pause after each; zero for none. */
    public record Trickle(int bytes, Duration pause) implements Writes {
        public Trickle {
            if (bytes < 1) {
                throw new IllegalArgumentException("bytes is " + bytes + ", expected 1 or more");
            }
        }
    }
}
