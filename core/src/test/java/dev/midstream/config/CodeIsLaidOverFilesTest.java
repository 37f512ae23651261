package dev.midstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.midstream.model.Target;
import dev.midstream.routing.Credential;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.Fallback;
import dev.midstream.routing.MidStream;
import dev.midstream.routing.ModelGroup;
import dev.midstream.yaml.Position;
import dev.midstream.yaml.Yaml;
import dev.midstream.yaml.YamlNode;
import dev.midstream.yaml.YamlNode.Entry;
import dev.midstream.yaml.YamlNode.Mapping;
import dev.midstream.yaml.YamlNode.Scalar;
import dev.midstream.yaml.YamlNode.Sequence;
import java.io.FileNotFoundException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CodeIsLaidOverFilesTest {

    private static final ConfigurationReader READER =
            new ConfigurationReader(
                            name -> null,
                            path -> {
                                throw new FileNotFoundException(path);
                            })
                    .inside(Set.of("acme", "bedrock"));

    private static final String FILE =
            """
            model_list:
              - model_name: m
                litellm_params: {model: openai/gpt-4o, api_key: k}
                model_info: {mid_stream: error, max_held: 5}
              - model_name: n
                litellm_params: {model: openai/gpt-4o, api_key: k}
            litellm_settings: {num_retries: 7, callbacks: [prometheus]}
            router_settings:
              fallbacks: [{m: [n]}, {n: [m]}]
              idle_timeout: 9
              cooldown_time: 8
            general_settings: {master_key: os.environ/NOT_SET, port: 1}
            """;

    /** The tree that this YAML holds, with places as code has them. */
    private static Mapping code(String yaml) {
        return (Mapping) inCode(Objects.requireNonNull(Yaml.parse("", yaml).root()), "code");
    }

    private static YamlNode inCode(YamlNode node, String place) {
        Position at = Position.inCode(place, node.at().line() * 1000 + node.at().column());
        return switch (node) {
            case Scalar s -> new Scalar(at, s.text(), s.type(), s.plain());
            case Sequence s ->
                    new Sequence(at, s.items().stream().map(i -> inCode(i, place)).toList());
            case Mapping m ->
                    new Mapping(
                            at,
                            m.entries().stream()
                                    .map(
                                            e ->
                                                    new Entry(
                                                            (Scalar) inCode(e.key(), place),
                                                            inCode(
                                                                    e.value(),
                                                                    place + ": " + e.name())))
                                    .toList());
        };
    }

    private static Configuration over(String code, Map<String, Mapping> groups) {
        try {
            return READER.read("config.yaml", FILE, new InCode(code(code), groups));
        } catch (InvalidConfiguration e) {
            throw new AssertionError(e);
        }
    }

    private static Configuration over(String code) {
        return over(code, Map.of());
    }

    private static ModelGroup group(Configuration read, String name) {
        return read.router().groups().stream()
                .filter(group -> group.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void deploymentsAreAddedToTheFiles() {
        Configuration read = over("model_list: [{model_name: m, litellm_params: {model: acme/x}}]");
        assertThat(group(read, "m").deployments()).hasSize(2);
        assertThat(group(read, "n").deployments()).hasSize(1);
    }

    @Test
    void settingsOfCodeCountBeforeBothSectionsOfTheFileWithoutAWord() {
        Configuration read = over("router_settings: {num_retries: 3, idle_timeout: 4}");
        assertThat(read.router().settings().numRetries()).isEqualTo(3);
        assertThat(read.router().settings().clocks().idle()).isEqualTo(Duration.ofSeconds(4));
        assertThat(read.router().cooldowns().time()).isEqualTo(Duration.ofSeconds(8));
        assertThat(read.warnings())
                .extracting(Diagnostic::toString)
                .containsExactly(
                        "config.yaml:7:36: warning: only the gateway acts on `master_key`, `port`, `callbacks`; no effect in a library");
    }

    @Test
    void nothingForAKeyTakesTheFilesAway() {
        Configuration read = over("router_settings: {cooldown_time: }");
        assertThat(read.router().cooldowns().time()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void fallbacksOfAGroupTakeThePlaceOfTheFilesForThatGroup() {
        Configuration read =
                over(
                        """
                        model_list: [{model_name: o, litellm_params: {model: acme/x}}]
                        router_settings: {fallbacks: {m: [o]}}
                        """);
        assertThat(group(read, "m").fallbacks().general()).isEqualTo(Fallback.to("o"));
        assertThat(group(read, "n").fallbacks().general()).isEqualTo(Fallback.to("m"));
    }

    @Test
    void settingsOfAGroupCountBeforeThoseOfTheFilesDeployments() {
        Configuration read = over("{}", Map.of("m", code("mid_stream: restart")));
        assertThat(group(read, "m").settings().midStream()).isEqualTo(MidStream.RESTART);
        assertThat(group(read, "m").settings().maxHeld()).isEqualTo(5);
    }

    @Test
    void deploymentsInCodeCountBeforeThoseOfTheFileToo() {
        Configuration read =
                over(
                        """
                        model_list:
                          - {model_name: m, litellm_params: {model: acme/x}, model_info: {mid_stream: restart}}
                        """);
        assertThat(group(read, "m").settings().midStream()).isEqualTo(MidStream.RESTART);
    }

    @Test
    void twoPlacesInCodeThatDisagreeAreAnErrorThatNamesBothInWords() {
        InCode code =
                new InCode(
                        code(
                                """
                                model_list:
                                  - {model_name: m, litellm_params: {model: acme/x}, model_info: {max_held: 1}}
                                """),
                        Map.of("m", code("{max_held: 2, max_helt: 3}"), "x", code("max_held: 2")));
        assertThatExceptionOfType(InvalidConfiguration.class)
                .isThrownBy(() -> READER.read(code))
                .satisfies(
                        wrong ->
                                assertThat(wrong.diagnostics())
                                        .extracting(Diagnostic::toString)
                                        .containsExactly(
                                                "code: error: settings for the group `x`, which has no deployments",
                                                "code: warning: `max_helt` is no setting of a group; did you mean `max_held`?",
                                                "code: model_list: model_info: max_held: error: `max_held` of the group `m` is `1` here and `2` at code: max_held; one group has one setting"));
    }

    @Test
    void aProviderThatIsPluggedInNeedsNoPlaceAndNoKey() throws InvalidConfiguration {
        Configuration read =
                READER.read(
                        new InCode(
                                code(
                                        """
                                        model_list:
                                          - {model_name: m, litellm_params: {model: acme/x}}
                                          - {model_name: m, litellm_params: {model: bedrock/y, api_key: k, api_base: "https://h"}}
                                        """),
                                Map.of()));
        List<Deployment> deployments = group(read, "m").deployments();
        assertThat(deployments)
                .allSatisfy(
                        deployment -> {
                            assertThat(deployment.target().inProcess()).isTrue();
                            assertThat(deployment.endpoint().credential())
                                    .isEqualTo(new Credential.None());
                            assertThat(deployment.endpoint().plain().getHost())
                                    .endsWith(".invalid");
                            assertThat(deployment.methods()).isNotEmpty();
                            assertThat(deployment.unusable()).isNull();
                        });
        assertThat(deployments)
                .extracting(Deployment::target)
                .extracting(Target::provider, Target::model)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("acme", "x"),
                        org.assertj.core.groups.Tuple.tuple("bedrock", "y"));
        assertThat(read.warnings())
                .extracting(Diagnostic::message)
                .containsExactlyInAnyOrder(
                        "`api_key` has no effect for this deployment",
                        "`api_base` has no effect: `bedrock` is plugged in");
    }

    @Test
    void withoutAnyModelTheWordsAreThoseOfCode() {
        assertThatExceptionOfType(InvalidConfiguration.class)
                .isThrownBy(() -> READER.read(new InCode(code("{}"), Map.of())))
                .withMessage(
                        "code: error: there is no model; name at least one: `.model(\"chat\", deployment(\"provider/model\"))`");
    }

    @Test
    void whatStandsInFilesIsSaidFirst() {
        Position file = new Position("z.yaml", 2, 1);
        Position later = new Position("z.yaml", 10, 1);
        Position code = Position.inCode("deployment 10", 2);
        Position earlier = Position.inCode("deployment 2", 1);
        assertThat(List.of(code, later, earlier, file).stream().sorted().toList())
                .containsExactly(file, later, earlier, code);
    }
}
