import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first program that the documents show, copied out, survives a break. */
class TheReadmesProgramRunsTest {

    private static final Pattern PROGRAM =
            Pattern.compile("```java\n(import .*?\npublic class Story \\{.*?)```", Pattern.DOTALL);

    private @TempDir Path folder;

    @Test
    void andSurvivesABreak() throws IOException, InterruptedException {
        Path program = folder.resolve("Story.java");
        Files.writeString(program, program(Path.of("../README.md")));
        try (River river = new River()) {
            Path config = folder.resolve("config.yaml");
            Files.writeString(config, configuration(river));
            assertThat(printedBy(program, config)).isEqualTo(River.STORY);
        }
    }

    @Test
    void andIsTheFirstOneOfTheGuide() throws IOException {
        assertThat(program(Path.of("../docs/library.md")))
                .isEqualTo(program(Path.of("../README.md")));
    }

    private static String program(Path document) throws IOException {
        Matcher block = PROGRAM.matcher(Files.readString(document));
        assertThat(block.find()).as("a program in " + document).isTrue();
        return block.group(1);
    }

    private static String configuration(River river) {
        return """
        model_list:
          - model_name: chat
            litellm_params: {model: anthropic/river-1, api_base: '%s', api_key: none}
          - model_name: backup
            litellm_params: {model: openai/river-2, api_base: '%s', api_key: none}
        router_settings:
          fallbacks: [{chat: [backup]}]
        """
                .formatted(river.primary.baseUrl(), river.fallback.baseUrl());
    }

    private static String printedBy(Path program, Path config)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                program.toString(),
                                config.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return printed;
    }
}
