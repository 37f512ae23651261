package dev.midstream.seam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StopStringCrossesTheSeamTest {

    @Test
    void itEndsTheAnswerWhereItIsCompletedAndTheRestIsNeverReleased() {
        StopMatcher matcher = new StopMatcher(List.of("###"), "so far #");

        assertThat(matcher.text("## and more")).isEqualTo(new StopMatcher.Step("", "###"));
    }

    @Test
    void oneInTheNewTextEndsItBeforeTheStopString() {
        StopMatcher matcher = new StopMatcher(List.of("END"), "so far");

        assertThat(matcher.text(" it goes END of"))
                .isEqualTo(new StopMatcher.Step(" it goes ", "END"));
    }

    @Test
    void onlyWhatMayBecomeAStopStringIsHeld() {
        StopMatcher matcher = new StopMatcher(List.of("END"), "so far");

        assertThat(matcher.text("TH")).isEqualTo(new StopMatcher.Step("TH", null));
        assertThat(matcher.text("E E")).isEqualTo(new StopMatcher.Step("E ", null));
        assertThat(matcher.held()).isEqualTo(1);
        assertThat(matcher.text("X")).isEqualTo(new StopMatcher.Step("EX", null));
    }

    @Test
    void whatIsHeldLeavesWhenTheTextEnds() {
        StopMatcher matcher = new StopMatcher(List.of("END"), "so far");
        matcher.text("the EN");

        assertThat(matcher.finished()).isEqualTo("EN");
        assertThat(matcher.finished()).isEmpty();
    }

    @Test
    void oneThatIsWholeInTheDeliveredTextHasHadItsTurn() {
        StopMatcher matcher = new StopMatcher(List.of("aa"), "baa");

        assertThat(matcher.text("b")).isEqualTo(new StopMatcher.Step("b", null));
    }

    @Test
    void withoutStopStringsEverythingPasses() {
        StopMatcher matcher = new StopMatcher(List.of(""), "so far");

        assertThat(matcher.text("all")).isEqualTo(new StopMatcher.Step("all", null));
    }

    @Test
    void anyTextCutAnywhereEndsAsAPlainSearchSays() {
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            List<String> stops =
                    List.of(
                            letters(random, 1 + random.nextInt(4)),
                            letters(random, 1 + random.nextInt(3)));
            String delivered = letters(random, random.nextInt(6));
            String rest = letters(random, random.nextInt(12));

            assertThat(released(stops, delivered, rest, random))
                    .as("seed %d: %s after <%s> of <%s>", seed, stops, delivered, rest)
                    .isEqualTo(expected(stops, delivered, rest));
        }
    }

    private static String released(
            List<String> stops, String delivered, String rest, Random random) {
        StopMatcher matcher = new StopMatcher(stops, delivered);
        StringBuilder released = new StringBuilder();
        for (int at = 0; at < rest.length(); ) {
            int end = Math.min(rest.length(), at + 1 + random.nextInt(3));
            StopMatcher.Step step = matcher.text(rest.substring(at, end));
            released.append(step.release());
            if (step.stop() != null) {
                return released.toString();
            }
            at = end;
        }
        return released.append(matcher.finished()).toString();
    }

    /**
     * The stop string that is completed first, and of those the longest, is where the text ends.
     */
    private static String expected(List<String> stops, String delivered, String rest) {
        for (int end = 1; end <= rest.length(); end++) {
            String text = delivered + rest.substring(0, end);
            int longest =
                    stops.stream().filter(text::endsWith).mapToInt(String::length).max().orElse(0);
            if (longest > 0) {
                return rest.substring(0, Math.max(0, end - longest));
            }
        }
        return rest;
    }

    private static String letters(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append("ab".charAt(random.nextInt(2)));
        }
        return text.toString();
    }
}
