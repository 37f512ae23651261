package dev.midstream.gateway.metrics;

import com.sun.management.OperatingSystemMXBean;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** The process, by the names that Prometheus' own clients have for it. */
final class ProcessMeters {

    private ProcessMeters() {}

    static void register(Meters meters, String version) {
        info(meters.registry(), version);
        meters.gauge(
                "process_start_time_seconds",
                "When the process started, in seconds since 1970.",
                gauge -> gauge.call(ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3));
        meters.sum(
                "process_cpu_seconds_total",
                "Processor time that the process has used.",
                sum -> sum.call(Math.max(0, cpuNanos()) / 1e9));
        meters.gauge(
                "jvm_memory_used_bytes",
                "Memory in use.",
                gauge -> {
                    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
                    gauge.call((double) memory.getHeapMemoryUsage().getUsed(), "heap");
                    gauge.call((double) memory.getNonHeapMemoryUsage().getUsed(), "nonheap");
                },
                "area");
        meters.gauge(
                "jvm_threads_current",
                "Platform threads.",
                gauge -> gauge.call(ManagementFactory.getThreadMXBean().getThreadCount()));
        meters.sum(
                "jvm_gc_collection_seconds_total",
                "Time spent collecting garbage.",
                sum -> sum.call(collectionMillis() / 1e3));
    }

    private static void info(PrometheusRegistry registry, String version) {
        Info.builder()
                .name("midstream_build_info")
                .help("What runs.")
                .constLabels(Labels.of("version", version, "java", Runtime.version().toString()))
                .register(registry);
    }

    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    private static long collectionMillis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .filter(time -> time > 0)
                .sum();
    }
}
