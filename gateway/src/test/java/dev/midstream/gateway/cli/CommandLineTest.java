package dev.midstream.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {

    private static final String CONFIGURATION =
            """
            model_list:
              - model_name: one
                litellm_params: {model: openai/one, api_key: sk-one}
            """;

    private final StringWriter said = new StringWriter();

    @Test
    void tellsItsVersionAndItsUsage() {
        assertThat(run("--version")).isZero();
        assertThat(said.toString()).contains("midstream ", ", Java " + Runtime.version());
        assertThat(run("serve", "--help")).isZero();
        assertThat(said.toString()).contains("--config", "--insecure", "--transport");
    }

    @Test
    void wrongUsageIsToldWithTheUsage() {
        assertThat(run("serve")).isEqualTo(CommandLine.WRONG_USAGE);
        assertThat(run("--port", "many")).isEqualTo(CommandLine.WRONG_USAGE);
        assertThat(said.toString()).contains("--config", "many").doesNotContain("Exception");
    }

    @Test
    void eachMistakeIsNamedWithWhatWasExpected() {
        assertThat(wrong("serve", "--conf", "x")).contains("there is no option --conf");
        assertThat(wrong("served")).contains("unexpected: served");
        assertThat(wrong("serve", "-c")).contains("--config lacks its value");
        assertThat(wrong("serve")).contains("--config=FILE is missing");
        assertThat(wrong("serve", "-c", "x", "-c=y")).contains("--config stands twice");
        assertThat(wrong("serve", "-cx", "--port=abc")).contains("'abc'", "a whole number");
        assertThat(wrong("--port", "70000")).contains("70000", "a port from 0 to 65535");
        assertThat(wrong("serve", "--config", "--port", "4000")).contains("--config lacks");
        assertThat(wrong("--transport", "pigeon")).contains("expected auto, epoll or nio");
        assertThat(wrong("drill", "--only", "[")).contains("--only is '['");
        assertThat(wrong("check", "-cx", "--json=yes")).contains("no option --json=yes");
    }

    private String wrong(String... arguments) {
        said.getBuffer().setLength(0);
        assertThat(run(arguments)).isEqualTo(CommandLine.WRONG_USAGE);
        assertThat(said.toString()).contains("Usage: midstream").doesNotContain("\tat ");
        return said.toString().lines().findFirst().orElseThrow();
    }

    @Test
    void theUsageFitsATerminal() {
        for (String command : List.of("serve", "check", "drill")) {
            assertThat(run(command, "-h")).isZero();
        }
        assertThat(run("--help")).isZero();
        assertThat(said.toString().lines()).allMatch(line -> line.length() <= 80);
        assertThat(said.toString()).contains("  -c, --config=FILE", "[--group=NAME]...");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThat(run("serve", "--config", "/nowhere/config.yaml")).isEqualTo(1);
        assertThat(said.toString()).contains("/nowhere/config.yaml").doesNotContain("\tat ");
    }

    @Test
    void allErrorsOfAConfigurationAreToldWithTheirPlaces(@TempDir Path folder) throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("config.yaml"),
                        CONFIGURATION
                                + "router_settings: {num_retries: many, idle_timeout: soon}\n");
        assertThat(run("serve", "--config", file.toString())).isEqualTo(1);
        assertThat(said.toString())
                .contains("config.yaml:4:", "num_retries", "idle_timeout")
                .doesNotContain("\tat ");
    }

    @Test
    void itDoesNotListenBeyondLoopbackWithoutAKey(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("config.yaml"), CONFIGURATION);
        assertThat(run("serve", "--config", file.toString(), "--host", "0.0.0.0", "--port", "0"))
                .isEqualTo(1);
        assertThat(said.toString())
                .contains("0.0.0.0", "master key", "--insecure")
                .doesNotContain("\tat ");
    }

    @Test
    void checkEndsWithWhatItFound(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("config.yaml"), CONFIGURATION);
        assertThat(run("check", "--config", file.toString())).isZero();
        assertThat(said.toString()).contains("openai/one", "key present").doesNotContain("sk-one");
        assertThat(run("check", "-c", file.toString(), "--json")).isZero();
        Files.writeString(file, CONFIGURATION + "router_settings: {fallbacks: [{one: [one]}]}\n");
        assertThat(run("check", "--config", file.toString())).isEqualTo(1);
        Files.writeString(file, CONFIGURATION + "router_settings: {num_retries: 0}\n");
        assertThat(run("check", "--config", file.toString())).isZero();
        assertThat(run("check", "--config", file.toString(), "--strict")).isEqualTo(1);
        Files.writeString(file, "model_list: 3\n");
        assertThat(run("check", "--config", file.toString())).isEqualTo(2);
        assertThat(run("check", "--config", "/nowhere/config.yaml")).isEqualTo(2);
        assertThat(said.toString()).contains("/nowhere/config.yaml").doesNotContain("\tat ");
    }

    @Test
    void drillEndsWithWhatItFound(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("config.yaml"), CONFIGURATION);
        String[] one = {"drill", "-c", file.toString(), "--only", "^503, persistent$"};
        assertThat(run(one)).isZero();
        assertThat(said.toString()).contains("one (openai/one)", "0 broken");
        assertThat(run("drill", "-c", file.toString(), "--group", "two")).isEqualTo(2);
        assertThat(said.toString()).contains("no model group two");
        assertThat(run("drill", "-c", file.toString(), "--only", "no such failure")).isEqualTo(2);
        assertThat(run("drill", "--live")).isEqualTo(2);
        assertThat(run("drill", "--live", "-c", file.toString(), "--max-tokens", "1")).isEqualTo(2);
        assertThat(said.toString()).contains("--live needs --config", "expected 16 or more");
        Files.writeString(file, "model_list: 3\n");
        assertThat(run("drill", "-c", file.toString())).isEqualTo(2);
        assertThat(said.toString()).doesNotContain("\tat ");
    }

    @Test
    void theTrainingAnswersItselfInFull() {
        assertThat(run("train")).isZero();
        assertThat(said.toString()).contains("trained with 72 answers");
    }

    @Test
    void aTakenPortIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(run("--port", port)).isEqualTo(1);
            assertThat(said.toString()).contains(port).doesNotContain("\tat ");
        }
    }

    private int run(String... arguments) {
        PrintWriter writer = new PrintWriter(said);
        return MidstreamCommand.commandLine(new Terminal(writer, writer))
                .execute(List.of(arguments));
    }
}
