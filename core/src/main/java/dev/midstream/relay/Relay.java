package dev.midstream.relay;

import dev.midstream.capability.CapabilityMemory;
import dev.midstream.model.Failure;
import dev.midstream.model.Frame;
import dev.midstream.model.Request;
import dev.midstream.routing.Plan;
import dev.midstream.routing.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Being written. */
public final class Relay {

    public Relay(Request request, Settings settings, Plan plan, CapabilityMemory memory) {}

    public List<Step> begin(long now) {
        throw new UnsupportedOperationException();
    }

    /** The attempt's response head has come, with status 200. */
    public List<Step> answering(int attempt, long now) {
        throw new UnsupportedOperationException();
    }

    public List<Step> frame(int attempt, Frame frame, long now) {
        throw new UnsupportedOperationException();
    }

    /** @param failure why it ended, null if the input ended cleanly */
    public List<Step> ended(int attempt, @Nullable Failure failure, long now) {
        throw new UnsupportedOperationException();
    }

    public List<Step> wake(long now) {
        throw new UnsupportedOperationException();
    }

    public List<Step> decided(Decision decision, long now) {
        throw new UnsupportedOperationException();
    }

    public List<Step> clientGone(long now) {
        throw new UnsupportedOperationException();
    }

    public List<Step> writable(boolean writable, long now) {
        throw new UnsupportedOperationException();
    }

    /** This process is going away: what has not ended by now ends in an error. */
    public List<Step> shutdown(long now) {
        throw new UnsupportedOperationException();
    }
}
