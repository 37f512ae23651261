package dev.midstream.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.model.Json;
import org.junit.jupiter.api.Test;

/** As a request's body said them. */
class OptionsAreSaidInJsonTooTest {

    @Test
    void aSingleValueIsWhatItSays() {
        assertThat(CallOptions.NONE.set("disable_fallbacks", new Json("true")))
                .isEqualTo(CallOptions.NONE.disableFallbacks(true));
        assertThat(CallOptions.NONE.set("mid_stream", new Json("\"error\"")))
                .isEqualTo(CallOptions.NONE.set("mid_stream", "error"));
    }

    @Test
    void nullIsAsIfItHadNotBeenSaid() {
        assertThat(CallOptions.NONE.numRetries(1).set("num_retries", new Json("null")))
                .isEqualTo(CallOptions.NONE);
    }

    @Test
    void whatIsNoSingleValueIsRefused() {
        assertThatThrownBy(() -> CallOptions.NONE.set("num_retries", new Json("[1]")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("num_retries");
        assertThatThrownBy(() -> CallOptions.NONE.set("num_retries", new Json("{")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
