import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the library's guides show is code of this library. */
class TheGuidesCodeCompilesTest {

    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern IMPORT = Pattern.compile("(?m)^import .*\n");

    /** What the text around the blocks takes for granted. */
    private static final String AROUND =
            """
            import static dev.midstream.client.DeploymentSettings.deployment;
            import static dev.midstream.client.GroupSettings.group;
            import dev.midstream.client.*;
            import dev.midstream.client.spi.*;
            import dev.midstream.model.*;
            import dev.midstream.relay.Decision;
            import java.time.Duration;
            import java.util.*;

            final class NAME {
                Answer shown(
                        String key, String anthropicKey, String openAiKey, List<Request> later,
                        RouterListener metrics, Router ROUTER, Request request) {
                    BODY
                    END
                }
            }
            """;

    private @TempDir Path classes;

    @Test
    void allOfIt() throws IOException {
        List<JavaFileObject> units = new ArrayList<>();
        for (String guide : List.of("library.md", "library-configuration.md")) {
            for (String block : blocks(Path.of("../docs").resolve(guide))) {
                units.add(unit("Block" + units.size(), block));
            }
        }
        assertThat(units).hasSizeGreaterThan(6);
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options =
                List.of(
                        "-proc:none",
                        "-d",
                        classes.toString(),
                        "-cp",
                        System.getProperty("java.class.path"));
        boolean compiled = compiler.getTask(null, null, said, options, null, units).call();
        assertThat(compiled).as(said.getDiagnostics().toString()).isTrue();
    }

    private static List<String> blocks(Path guide) throws IOException {
        return BLOCK.matcher(Files.readString(guide))
                .results()
                .map(MatchResult::group)
                .map(block -> block.substring("```java\n".length(), block.length() - 3))
                .toList();
    }

    private static JavaFileObject unit(String name, String block) {
        if (block.contains("public class Story")) {
            return source("Story", block);
        }
        String body = IMPORT.matcher(block).replaceAll("");
        String router = body.contains("Router router =") ? "other" : "router";
        String end = body.contains("return router.complete") ? "" : "return null;";
        return source(
                name,
                AROUND.replace("NAME", name)
                        .replace("ROUTER", router)
                        .replace("BODY", body)
                        .replace("END", end));
    }

    private static JavaFileObject source(String name, String text) {
        URI uri = URI.create("string:///" + name + ".java");
        return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }
}
