package dev.midstream.gateway.metrics;

import dev.midstream.gateway.edge.Document;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Shows metrics in Prometheus' text format, or in OpenMetrics for whoever asks. Thread-safe. */
public final class Exposition implements Document {

    private final Metrics metrics;
    private final boolean open;
    private final ExpositionFormatWriter plain = PrometheusTextFormatWriter.builder().build();
    private final ExpositionFormatWriter openMetrics =
            OpenMetricsTextFormatWriter.builder().build();

    /**
     * @param open whether it is shown without a key
     */
    public Exposition(Metrics metrics, boolean open) {
        this.metrics = metrics;
        this.open = open;
    }

    @Override
    public boolean open() {
        return open;
    }

    @Override
    public Content content(@Nullable String accept) {
        ExpositionFormatWriter writer = openMetrics.accepts(accept) ? openMetrics : plain;
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            writer.write(text, metrics.registry().scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Content(writer.getContentType(), text.toByteArray());
    }
}
