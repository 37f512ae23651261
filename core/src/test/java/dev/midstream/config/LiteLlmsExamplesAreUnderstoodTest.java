package dev.midstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Configurations of the kinds that LiteLLM's documentation is known for can be used as they are.
 * What has no effect here is said, in a line each: the comments {@code # warns:} at the end of each
 * file are all that may be said of it.
 *
 * <p><b>Source</b>: the keys and shapes of LiteLLM's configuration reference and of its guides to
 * the proxy and the router (read 2026-09); the texts are ours.
 */
final class LiteLlmsExamplesAreUnderstoodTest {

    private static final String WARNS = "# warns: ";

    static Stream<Path> examples() throws IOException, URISyntaxException {
        URI folder =
                Objects.requireNonNull(
                                LiteLlmsExamplesAreUnderstoodTest.class.getResource("litellm"))
                        .toURI();
        List<Path> files;
        try (Stream<Path> listed = Files.list(Path.of(folder))) {
            files = listed.sorted().toList();
        }
        assertThat(files).hasSizeGreaterThan(15);
        return files.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void startsUnmodifiedAndSaysWhatHasNoEffect(Path file) throws IOException {
        String text = Files.readString(file);
        List<String> expected =
                text.lines()
                        .filter(line -> line.startsWith(WARNS))
                        .map(line -> line.substring(WARNS.length()))
                        .toList();
        Given given = Given.text(text);
        for (String variable :
                List.of("AZURE_API_KEY", "ANTHROPIC_API_KEY", "REDIS_HOST", "REDIS_PASSWORD")) {
            given.with(variable, "value");
        }
        given.with("AZURE_API_BASE", "https://resource.openai.azure.test");
        List<String> warnings = given.warnings();
        assertThat(warnings).as("%s", warnings).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(warnings.get(i)).contains(expected.get(i));
        }
    }
}
