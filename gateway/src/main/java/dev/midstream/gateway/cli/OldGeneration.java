package dev.midstream.gateway.cli;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import javax.management.NotificationEmitter;
import org.jspecify.annotations.Nullable;

/**
 * Has the whole heap collected whenever the old generation has doubled. A stream lives long enough
 * to get there, so that each leaves some kilobytes of garbage; the JVM's own rule is to collect it
 * when the largest heap allowed is full, which on a large machine is some gigabytes and hours away:
 * an operator would see a leak, and then a pause that is the longer for it.
 *
 * <p>Only for the two collectors that have this rule; who chooses another one has chosen.
 * Thread-safe.
 */
final class OldGeneration {

    private static final Set<String> NAMES = Set.of("PS Old Gen", "Tenured Gen");

    /** Below it a collection would gain too little. */
    private static final long LEAST = 96L << 20;

    private final LongSupplier used;
    private final long most;
    private final LongConsumer threshold;
    private final Runnable collection;

    /**
     * @param used bytes in it
     * @param most what may be in it
     * @param threshold takes at how many bytes {@link #exceeded()} is to be called
     * @param collection collects it, at once
     */
    OldGeneration(LongSupplier used, long most, LongConsumer threshold, Runnable collection) {
        this.used = used;
        this.most = most;
        this.threshold = threshold;
        this.collection = collection;
    }

    /** From now on, as long as the process lives; takes a moment for what it has to load. */
    static void keepSmall() {
        MemoryPoolMXBean pool = pool();
        if (pool == null) {
            return;
        }
        OldGeneration generation =
                new OldGeneration(
                        () -> pool.getUsage().getUsed(),
                        pool.getUsage().getMax(),
                        pool::setUsageThreshold,
                        System::gc);
        NotificationEmitter told = (NotificationEmitter) ManagementFactory.getMemoryMXBean();
        told.addNotificationListener(
                (notification, none) -> generation.exceeded(),
                notification ->
                        notification
                                .getType()
                                .equals(MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED),
                null);
        generation.begin();
    }

    private static @Nullable MemoryPoolMXBean pool() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> NAMES.contains(pool.getName()))
                .findAny()
                .orElse(null);
    }

    void begin() {
        threshold.accept(Math.min(most, LEAST));
    }

    void exceeded() {
        collection.run();
        threshold.accept(Math.min(most, Math.max(LEAST, 2 * used.getAsLong())));
    }
}
