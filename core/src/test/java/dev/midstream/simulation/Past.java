package dev.midstream.simulation;

import dev.midstream.capability.CapabilityMemory;
import dev.midstream.model.Method;
import dev.midstream.routing.Fleet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What the requests of one schedule share: the fleet and its memory, and what the judge knows of
 * earlier ones.
 */
final class Past {

    final Fleet fleet;
    final CapabilityMemory memory = new CapabilityMemory();

    /** How often each deployment has been asked. */
    final Map<String, Integer> asks = new HashMap<>();

    /** By which methods each deployment has refused to be asked. */
    final Map<String, EnumSet<Method>> refused = new HashMap<>();

    /** Which methods each deployment may have taken for something else. */
    final Map<String, EnumSet<Method>> ignored = new HashMap<>();

    /** Until when each deployment has asked to be left alone. */
    final Map<String, Long> notBefore = new HashMap<>();

    /** Who has failed an earlier request and may be cooling. */
    final Set<String> failedBefore = new HashSet<>();

    final Set<String> failedNow = new HashSet<>();

    long now;

    Past(Schedule schedule, RandomGenerator random) {
        fleet = new Fleet(schedule.routerConfig());
        now = random.nextLong(-1L << 60, 1L << 60);
    }

    void requestEnds(long time) {
        failedBefore.addAll(failedNow);
        failedNow.clear();
        now = time;
    }
}
