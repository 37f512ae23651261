package dev.midstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.routing.LeastBusy;
import dev.midstream.routing.LowestCost;
import dev.midstream.routing.LowestLatency;
import dev.midstream.routing.LowestUsage;
import dev.midstream.routing.Strategy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingStrategiesAreReadTest {

    private static Strategy strategy(String settings) {
        Given given = Given.sections("router_settings: {" + settings + "}\n");
        assertThat(given.warnings()).isEmpty();
        return given.read().router().selection().strategy();
    }

    @Test
    void byTheirNames() {
        assertThat(strategy("num_retries: 1")).isSameAs(Strategy.SHUFFLE);
        assertThat(strategy("routing_strategy: simple-shuffle")).isSameAs(Strategy.SHUFFLE);
        assertThat(strategy("routing_strategy: least-busy")).isEqualTo(new LeastBusy());
        assertThat(strategy("routing_strategy: cost-based-routing")).isEqualTo(new LowestCost());
        assertThat(strategy("routing_strategy: usage-based-routing")).isEqualTo(new LowestUsage());
        assertThat(strategy("routing_strategy: usage-based-routing-v2"))
                .isEqualTo(new LowestUsage());
        assertThat(strategy("routing_strategy: latency-based-routing"))
                .isEqualTo(new LowestLatency(Duration.ofHours(1), 0));
    }

    @Test
    void withTheirArguments() {
        assertThat(
                        strategy(
                                "routing_strategy: latency-based-routing, routing_strategy_args: {ttl: 10, lowest_latency_buffer: 0.5}"))
                .isEqualTo(new LowestLatency(Duration.ofSeconds(10), 0.5));
    }

    @Test
    void argumentsThatNobodyReadsAreNamed() {
        assertThat(
                        Given.sections(
                                        "router_settings: {routing_strategy: latency-based-routing, routing_strategy_args: {lowest_latency_bufer: 1}}\n")
                                .warnings())
                .singleElement()
                .asString()
                .endsWith(
                        "unknown key `lowest_latency_bufer` in `routing_strategy_args`; did you mean `lowest_latency_buffer`?");
        assertThat(
                        Given.sections("router_settings: {routing_strategy_args: {ttl: 1}}\n")
                                .warnings())
                .singleElement()
                .asString()
                .endsWith("`ttl` has no effect with the routing strategy `simple-shuffle`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lar1", "provider-budget-routing"})
    void liteLlmsOthersAreWarnedOf(String name) {
        Given given = Given.sections("router_settings: {routing_strategy: " + name + "}\n");
        assertThat(given.warnings())
                .singleElement()
                .asString()
                .endsWith(
                        "the routing strategy `"
                                + name
                                + "` is not there yet; `simple-shuffle` is used");
        assertThat(given.read().router().selection().strategy()).isSameAs(Strategy.SHUFFLE);
    }

    @Test
    void anyOtherNameIsWrong() {
        assertThat(Given.sections("router_settings: {routing_strategy: least_busy}\n").rejected())
                .singleElement()
                .asString()
                .endsWith(
                        "`routing_strategy`: `least_busy` is not one of `simple-shuffle`, `least-busy`, `latency-based-routing`, `cost-based-routing`, `usage-based-routing`, `usage-based-routing-v2`");
    }
}
