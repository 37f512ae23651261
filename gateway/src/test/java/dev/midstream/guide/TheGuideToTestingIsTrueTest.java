package dev.midstream.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.testkit.Behaviour;
import dev.midstream.testkit.Rejection;
import dev.midstream.testkit.SseClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every piece of Java in {@code docs/testing.md} stands in a test of this package, and runs. */
class TheGuideToTestingIsTrueTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "testing.md");
    private static final Path TESTS = Path.of("src", "test", "java", "dev", "midstream", "guide");
    private static final Pattern CODE =
            Pattern.compile("(?:<!-- from: (\\S+) -->\n)?```java\n(.*?)```", Pattern.DOTALL);

    private static final String QUESTION =
            """
            {"model":"m-1","stream":true,"messages":[{"role":"user","content":"Tell me."}]}""";

    @Test
    void everyPieceOfCodeIsPartOfATestThatRuns() throws IOException {
        List<MatchResult> pieces = CODE.matcher(Files.readString(DOCUMENT)).results().toList();
        assertThat(pieces).hasSizeGreaterThan(5);
        for (MatchResult piece : pieces) {
            assertThat(piece.group(1)).as("where this is from:\n%s", piece.group(2)).isNotNull();
            assertThat(squeezed(Files.readString(TESTS.resolve(piece.group(1)))))
                    .contains(squeezed(piece.group(2)));
        }
    }

    /** Line breaks and indentation are the formatter's. */
    private static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }

    @Test
    void everyErrorThatHasANameIsNamed() throws IOException {
        String document = Files.readString(DOCUMENT);
        assertThat(Arrays.stream(Rejection.values()).map(Rejection::name))
                .allSatisfy(name -> assertThat(document).contains("`" + name + "`"));
    }

    @Test
    void everyBehaviourIsNamed() throws IOException {
        String document = Files.readString(DOCUMENT);
        assertThat(Behaviour.class.getPermittedSubclasses())
                .allSatisfy(behaviour -> assertThat(document).contains(behaviour.getSimpleName()));
    }

    /** A program without a test framework, as the guide shows it. */
    @Test
    void aProviderNeedsNoFramework() {
        String told =
                FailingProvider.tryIt(
                        baseUrl -> {
                            URI url = URI.create(baseUrl + "/chat/completions");
                            try (SseClient client = SseClient.post(url, QUESTION)) {
                                assertThat(client.awaitEnd()).isEqualTo(SseClient.End.RESET);
                            }
                        });
        assertThat(told).startsWith("primary (openai-chat, http://127.0.0.1:").contains("BROKEN");
    }
}
