package dev.midstream.gateway.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.Consumer;

/** Makes meters of one registry, all in the same manner. Thread-safe. */
record Meters(PrometheusRegistry registry) {

    /** Seconds of whole answers. */
    static final double[] LONG = {0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600};

    /** Seconds until something comes. */
    static final double[] SHORT = {
        0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 20, 30, 60, 120
    };

    Counter counter(String name, String help, String... labels) {
        return Counter.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .withoutExemplars()
                .register(registry);
    }

    Histogram seconds(String name, String help, double[] bounds, String... labels) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .classicOnly()
                .classicUpperBounds(bounds)
                .withoutExemplars()
                .register(registry);
    }

    /** A state, read when somebody scrapes. */
    void gauge(
            String name, String help, Consumer<GaugeWithCallback.Callback> read, String... labels) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .callback(read)
                .register(registry);
    }

    /** A sum that others keep, read when somebody scrapes. */
    void sum(
            String name,
            String help,
            Consumer<CounterWithCallback.Callback> read,
            String... labels) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .callback(read)
                .register(registry);
    }

    static double seconds(long nanos) {
        return Math.max(0, nanos) / 1e9;
    }
}
