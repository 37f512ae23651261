package dev.midstream.config;

import dev.midstream.routing.Limits;
import dev.midstream.routing.ModelFacts;
import dev.midstream.routing.Prices;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads on what terms a deployment may be asked, and what its model can take and costs. */
final class Terms {

    private static final int MOST_PARALLEL = 1_000_000;

    private final Section entry;
    private final Section params;
    private final Section info;

    /**
     * @param entry of {@code model_list}: {@code rpm} and {@code tpm} may stand there too
     */
    Terms(Section entry, Section params, Section info) {
        this.entry = entry;
        this.params = params;
        this.info = info;
    }

    Limits limits() {
        return new Limits(
                perMinute("rpm"),
                perMinute("tpm"),
                params.whole("max_parallel_requests", 0, MOST_PARALLEL));
    }

    Set<String> tags() {
        return new LinkedHashSet<>(params.texts("tags"));
    }

    /** What the configuration itself says of the model. */
    ModelFacts facts() {
        return new ModelFacts(whole("max_input_tokens"), whole("max_output_tokens"), prices());
    }

    private @Nullable Prices prices() {
        Double input = price("input_cost_per_token");
        Double output = price("output_cost_per_token");
        Double cacheRead = price("cache_read_input_token_cost");
        Double cacheWrite = price("cache_creation_input_token_cost");
        return input == null && output == null
                ? null
                : new Prices(
                        input == null ? 0 : input,
                        output == null ? 0 : output,
                        cacheRead,
                        cacheWrite);
    }

    private @Nullable Double price(String key) {
        Double own = params.number(key);
        Double beside = info.number(key);
        return own != null ? own : beside;
    }

    private @Nullable Long perMinute(String key) {
        Double own = params.number(key);
        Double beside = entry.number(key);
        Double given = own != null ? own : beside;
        return given == null ? null : (long) Math.ceil(given);
    }

    private @Nullable Long whole(String key) {
        Double given = info.number(key);
        return given == null ? null : given.longValue();
    }
}
