package dev.midstream.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.testkit.ScriptedProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * What users compile against is written down in {@code api/}, so that a change of it is seen as
 * one. Run with {@code -Dapi=write} to write it down anew.
 */
class TheApiIsRecordedTest {

    /** The library's, and all of the engine that it shows. */
    @Test
    void ofTheLibrary() throws IOException {
        isRecorded("client", Api.of(Router.class, "dev.midstream."));
    }

    @Test
    void ofTheTestkit() throws IOException {
        isRecorded("testkit", Api.of(ScriptedProvider.class, "dev.midstream.testkit."));
    }

    private static void isRecorded(String module, String api) throws IOException {
        Path file = Path.of("..", "api", module + ".txt");
        if ("write".equals(System.getProperty("api"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, api);
        }
        assertThat(api.lines())
                .as(
                        "api/%s.txt, to be written anew by -Dapi=write where the change is meant",
                        module)
                .containsExactlyElementsOf(Files.readAllLines(file));
    }
}
