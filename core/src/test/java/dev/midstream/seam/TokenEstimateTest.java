package dev.midstream.seam;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenEstimateTest {

    @Test
    void fourBytesAreATokenRoundedUp() {
        assertThat(TokenEstimate.tokens("")).isZero();
        assertThat(TokenEstimate.tokens("abcd")).isEqualTo(1);
        assertThat(TokenEstimate.tokens("abcde")).isEqualTo(2);
        assertThat(TokenEstimate.tokens("川👍")).isEqualTo(2);
    }

    @Test
    void bytesAreThoseOfUtf8() {
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            String text = Texts.any(random);
            assertThat(TokenEstimate.utf8Bytes(text))
                    .isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
        }
    }
}
