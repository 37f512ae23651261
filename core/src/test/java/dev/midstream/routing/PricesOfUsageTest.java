package dev.midstream.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Usage;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What an attempt costs: cached input is part of the input and has a price of its own. */
class PricesOfUsageTest {

    private static final Offset<Double> CLOSE = Offset.offset(1e-9);

    @Test
    void inputAndOutputAreCounted() {
        assertThat(new Prices(2, 10, null, null).cost(Usage.of(3, 4))).isEqualTo(46, CLOSE);
    }

    @Test
    void whatTheCacheHeldAndTookHasItsOwnPrice() {
        Usage usage = new Usage(100, 1, 60, 30, Usage.UNKNOWN, false);
        assertThat(new Prices(1, 10, 0.1, 1.25).cost(usage))
                .isEqualTo(10 + 60 * 0.1 + 30 * 1.25 + 10, CLOSE);
        assertThat(new Prices(1, 10, null, null).cost(usage)).isEqualTo(110, CLOSE);
    }

    @Test
    void whatNobodyToldCountsAsNothing() {
        assertThat(new Prices(1, 10, 0.1, 1.25).cost(Usage.NONE)).isZero();
        Usage odd = new Usage(5, Usage.UNKNOWN, 60, 0, Usage.UNKNOWN, false);
        assertThat(new Prices(1, 10, 0.1, 1.25).cost(odd)).isEqualTo(6, CLOSE);
    }
}
