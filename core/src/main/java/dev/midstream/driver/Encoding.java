package dev.midstream.driver;

import dev.midstream.model.Draft;
import dev.midstream.model.Failure;
import dev.midstream.model.Held;
import dev.midstream.model.Request;
import dev.midstream.model.Target;
import dev.midstream.model.Tool;
import dev.midstream.protocol.Untranslatable;
import dev.midstream.protocol.UpstreamProtocol;
import dev.midstream.relay.Step;
import java.util.function.Consumer;

/**
 * Makes the body of an attempt's request: finds what came before it where the target does not know
 * that, and encodes the draft, a large one off the loop.
 *
 * <p><b>Shape</b>: {@link #begin} once; then the body or a failure, once, on the loop, never from
 * within.
 */
final class Encoding {

    private final Step.Start start;
    private final UpstreamProtocol protocol;
    private final Equipment equipment;
    private final Loop loop;
    private final Consumer<byte[]> whole;
    private final Consumer<Failure> failed;
    private Runnable search = () -> {};

    Encoding(
            Step.Start start,
            UpstreamProtocol protocol,
            Equipment equipment,
            Loop loop,
            Consumer<byte[]> whole,
            Consumer<Failure> failed) {
        this.start = start;
        this.protocol = protocol;
        this.equipment = equipment;
        this.loop = loop;
        this.whole = whole;
        this.failed = failed;
    }

    void begin() {
        if (keptElsewhere()) {
            writeOut();
        } else {
            encode(start.draft());
        }
    }

    /** Nothing more is asked for it. */
    void cancel() {
        search.run();
    }

    /** Whether the request goes on from an answer that this target does not know. */
    private boolean keptElsewhere() {
        Request request = start.draft().request();
        Held previous = request.previous();
        return previous != null
                && !(previous.deployment().equals(target().id())
                        && request.protocol().equals(target().protocol()));
    }

    private void writeOut() {
        search =
                equipment
                        .histories()
                        .writeOut(
                                start.draft().request(),
                                equipment,
                                loop,
                                written -> encode(start.draft().of(written)),
                                this::failed);
    }

    private void encode(Draft draft) {
        if (draft.request().body().length >= Equipment.LARGE_BODY) {
            equipment.offLoop().execute(() -> write(draft));
        } else {
            write(draft);
        }
    }

    /** Runs on the loop or, for a large body, off it; what follows is on the loop. */
    private void write(Draft draft) {
        byte[] encoded;
        try {
            encoded = protocol.encode(draft, target());
            protocol.leftOut(draft.request(), target()).forEach(this::tellLeftOut);
        } catch (Untranslatable e) {
            failed(new Failure.Untranslatable(e.param(), e.getMessage()));
            return;
        } catch (RuntimeException bug) {
            equipment
                    .journal()
                    .bug("a request to " + start.deployment().id() + " could not be encoded", bug);
            failed(new Failure.Internal("The request could not be encoded"));
            return;
        }
        loop.execute(() -> whole.accept(encoded));
    }

    private void tellLeftOut(Tool.Native tool) {
        String type = tool.type().length() <= 60 ? tool.type() : tool.type().substring(0, 60);
        if (equipment.told().first(target().id() + " " + type)) {
            equipment
                    .journal()
                    .warn(
                            "deployment "
                                    + target().id()
                                    + " of group "
                                    + target().group()
                                    + " has nothing like the tool `"
                                    + type.replaceAll("\\p{Cntrl}", "?")
                                    + "` that clients declare: it is left out where there are others");
        }
    }

    private void failed(Failure failure) {
        loop.execute(() -> failed.accept(failure));
    }

    private Target target() {
        return start.face().target();
    }
}
