package dev.midstream.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.Main;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the program does when the system tells it something, in a process of its own. */
@DisabledOnOs(OS.WINDOWS)
class SignalsTest {

    private static final Pattern AT = Pattern.compile("http://[^ ]+/v1");

    private final ScriptedProvider provider = ScriptedProvider.start("one", Dialect.chat());
    private @TempDir Path folder;
    private Process process;
    private BufferedReader said;

    @AfterEach
    void end() {
        process.destroyForcibly();
        provider.close();
    }

    @Test
    void theFirstEndsWhatRunsWellAndTheSecondEndsAtOnce() throws Exception {
        URI url = start("--drain", "60");
        provider.enqueue(Answer.of(new Step.Text("Once"), new Step.Stall()));
        try (SseClient client = SseClient.post(chat(url), request("one"))) {
            client.nextEvent();
            process.destroy();
            awaitStatus(url.resolve("/health/readiness"), 503);
            assertThat(process.isAlive()).isTrue();
            process.destroy();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(128 + 15);
        }
    }

    @Test
    void withNothingRunningTheFirstEndsItWithSuccess() throws Exception {
        start();
        process.destroy();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void hangupReadsTheConfigurationAnew() throws Exception {
        URI url = start();
        Files.writeString(file(), configuration("two"));
        Process kill = new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
        awaitStatus(url.resolve("/v1/models/two"), 200);
        assertThat(process.isAlive()).isTrue();
    }

    private URI start(String... further) throws IOException {
        Files.writeString(file(), configuration("one"));
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "serve",
                        "--config",
                        file().toString(),
                        "--port",
                        "0");
        builder.command().addAll(List.of(further));
        process = builder.redirectErrorStream(true).start();
        said = process.inputReader();
        String line = said.readLine();
        while (line != null) {
            Matcher at = AT.matcher(line);
            if (line.contains("serves") && at.find()) {
                return URI.create(at.group());
            }
            line = said.readLine();
        }
        throw new AssertionError("the program ended before it served");
    }

    private Path file() {
        return folder.resolve("config.yaml");
    }

    private String configuration(String group) {
        return """
        model_list:
          - model_name: %s
            litellm_params: {model: openai/one, api_base: %s, api_key: sk-1}
        """
                .formatted(group, provider.baseUrl());
    }

    private static String request(String model) {
        return "{\"model\":\""
                + model
                + "\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    }

    private static URI chat(URI url) {
        return url.resolve("/v1/chat/completions");
    }

    private static void awaitStatus(URI url, int status) {
        for (int i = 0; i < 1000; i++) {
            try (SseClient probe = SseClient.to(url).get()) {
                if (probe.awaitHead().status() == status) {
                    return;
                }
            }
            LockSupport.parkNanos(10_000_000);
        }
        throw new AssertionError("waited 10 s in vain for " + url + " to answer " + status);
    }
}
