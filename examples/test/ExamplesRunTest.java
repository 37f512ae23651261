import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Each example does what it says. */
@ResourceLock(Resources.SYSTEM_OUT)
class ExamplesRunTest {

    /** A program. */
    private interface Program {
        void run() throws Exception;
    }

    @Test
    void theStoryArrivesWhole() throws Exception {
        assertThat(printedBy(Story::main)).startsWith(River.STORY).contains("attempts)");
    }

    @Test
    void aHundredStoriesDo() throws Exception {
        assertThat(printedBy(ManyStories::main))
                .startsWith("100 answers are whole; ")
                .doesNotContain(" 0 had");
    }

    @Test
    void whoWatchesSeesTheSeam() throws Exception {
        assertThat(printedBy(WatchedStory::main))
                .contains("1: story is asked, by original")
                .contains("2: backup is asked, by user_turn")
                .contains("2: goes on where the other one stopped")
                .contains(River.STORY);
    }

    private static String printedBy(Program program) throws Exception {
        PrintStream usual = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            program.run();
        } finally {
            System.setOut(usual);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
