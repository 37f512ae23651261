package dev.midstream.simulation;

import dev.midstream.capability.CapabilityMemory;
import dev.midstream.model.Failure;
import dev.midstream.model.Frame;
import dev.midstream.relay.Decision;
import dev.midstream.relay.Relay;
import dev.midstream.relay.Step;
import dev.midstream.routing.Plan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The relay as its driver sees it, so that a broken one can be put in its place. */
interface Engine {

    /** Makes an engine for one request. */
    @FunctionalInterface
    interface Maker {
        Engine make(Schedule schedule, Plan plan, CapabilityMemory memory);
    }

    static Engine relay(Schedule schedule, Plan plan, CapabilityMemory memory) {
        Relay relay =
                new Relay(
                        schedule.request(),
                        schedule.settings(),
                        plan,
                        memory,
                        schedule.blocksInOrder());
        return new OfRelay(relay);
    }

    List<Step> begin(long now);

    List<Step> answering(int attempt, long now);

    List<Step> frame(int attempt, Frame frame, long now);

    List<Step> ended(int attempt, @Nullable Failure failure, long now);

    List<Step> wake(long now);

    List<Step> decided(Decision decision, long now);

    List<Step> clientGone(long now);

    List<Step> writable(boolean takes, long now);

    /** The real one. */
    record OfRelay(Relay relay) implements Engine {
        @Override
        public List<Step> begin(long now) {
            return relay.begin(now);
        }

        @Override
        public List<Step> answering(int attempt, long now) {
            return relay.answering(attempt, now);
        }

        @Override
        public List<Step> frame(int attempt, Frame frame, long now) {
            return relay.frame(attempt, frame, now);
        }

        @Override
        public List<Step> ended(int attempt, @Nullable Failure failure, long now) {
            return relay.ended(attempt, failure, now);
        }

        @Override
        public List<Step> wake(long now) {
            return relay.wake(now);
        }

        @Override
        public List<Step> decided(Decision decision, long now) {
            return relay.decided(decision, now);
        }

        @Override
        public List<Step> clientGone(long now) {
            return relay.clientGone(now);
        }

        @Override
        public List<Step> writable(boolean takes, long now) {
            return relay.writable(takes, now);
        }
    }
}
