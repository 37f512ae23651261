package dev.midstream.client;

import dev.midstream.model.BlockKind;
import dev.midstream.model.StreamEvent;
import java.util.BitSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * An answer in the canonical model, as it comes.
 *
 * <p><b>Shape</b>: {@code Opened, (BlockStarted, (Delta | Signed | Attached)*, BlockEnded)*,
 * ChoiceEnded per choice, UsageReported?, Terminated}, whatever happened upstream. Where {@code
 * restart} was chosen a {@code Restarted} says that the text before it is superseded.
 */
public final class EventStream extends AnswerStream<StreamEvent> {

    EventStream(Mailbox<StreamEvent> mailbox, Call call) {
        super(mailbox, call);
    }

    /**
     * The text of the first choice alone, piece by piece, in place of the events: reasoning, tool
     * calls and the ends of blocks are left out, and so is a {@code Restarted}. Fails as the events
     * do, and comes once as they do.
     *
     * @return throws an {@link IllegalStateException} when it is iterated a second time
     * @throws IllegalStateException if the answer is iterated already
     */
    public Iterable<String> texts() {
        Texts texts = new Texts(iterator());
        return texts::once;
    }

    private static final class Texts implements Iterator<String> {

        private final Iterator<StreamEvent> events;
        private final BitSet blocks = new BitSet();
        private @Nullable String next;
        private boolean iterated;

        Texts(Iterator<StreamEvent> events) {
            this.events = events;
        }

        Iterator<String> once() {
            if (iterated) {
                throw new IllegalStateException("An answer can be iterated once");
            }
            iterated = true;
            return this;
        }

        @Override
        public boolean hasNext() {
            while (next == null && events.hasNext()) {
                next = text(events.next());
            }
            return next != null;
        }

        private @Nullable String text(StreamEvent event) {
            if (event instanceof StreamEvent.BlockStarted start) {
                blocks.set(start.block(), start.kind() == BlockKind.TEXT && start.choice() == 0);
            }
            return event instanceof StreamEvent.Delta delta && blocks.get(delta.block())
                    ? delta.text()
                    : null;
        }

        @Override
        public String next() {
            String text = hasNext() ? next : null;
            if (text == null) {
                throw new NoSuchElementException("The answer is over");
            }
            next = null;
            return text;
        }
    }
}
