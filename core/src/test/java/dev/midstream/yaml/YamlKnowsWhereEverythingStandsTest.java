package dev.midstream.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.yaml.YamlNode.Mapping;
import dev.midstream.yaml.YamlNode.Scalar;
import dev.midstream.yaml.YamlNode.Sequence;
import dev.midstream.yaml.YamlNode.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** YAML is read with places, anchors and merge keys resolved, and bounded. */
class YamlKnowsWhereEverythingStandsTest {

    private static Mapping mapping(String text) {
        YamlDocument document = Yaml.parse("f", text);
        assertThat(document.problems()).isEmpty();
        return (Mapping) document.root();
    }

    private static String problem(String text) {
        return Yaml.parse("f", text).problems().stream()
                .map(p -> p.at() + " " + p.message())
                .findFirst()
                .orElse("none");
    }

    @Test
    void placesCountFromOne() {
        Mapping root = mapping("a:\n  - b: ä x\n");
        Sequence list = (Sequence) root.find("a").value();
        Mapping item = (Mapping) list.items().get(0);
        assertThat(root.find("a").key().at()).hasToString("f:1:1");
        assertThat(item.find("b").key().at()).hasToString("f:2:5");
        assertThat(item.find("b").value().at()).hasToString("f:2:8");
    }

    @ParameterizedTest
    @CsvSource({
        "true, BOOLEAN",
        "True, BOOLEAN",
        "FALSE, BOOLEAN",
        "yes, TEXT",
        "12, WHOLE",
        "-3, WHOLE",
        "0x1F, WHOLE",
        "1.5, DECIMAL",
        ".5, DECIMAL",
        "1e3, DECIMAL",
        "~, NULL",
        "null, NULL",
        "Null, NULL",
        "'\"12\"', TEXT",
        "1_000, TEXT",
        "abc, TEXT"
    })
    void scalarsAreWhatYamlOneTwoSays(String text, Type type) {
        assertThat(((Scalar) mapping("a: " + text).find("a").value()).type()).isEqualTo(type);
    }

    @Test
    void anchorsAreCopiedAndMergeKeysFillWhatIsAbsent() {
        Mapping root =
                mapping(
                        "base: &b {x: 1, y: 2}\none:\n  <<: *b\n  y: 3\ntwo:\n  <<: [{x: 9}, *b]\n");
        assertThat(text(root, "one", "x")).isEqualTo("1");
        assertThat(text(root, "one", "y")).isEqualTo("3");
        assertThat(text(root, "two", "x")).isEqualTo("9");
        assertThat(text(root, "two", "y")).isEqualTo("2");
    }

    private static String text(Mapping root, String key, String inner) {
        return ((Scalar) ((Mapping) root.find(key).value()).find(inner).value()).text();
    }

    @Test
    void whatCannotBeReadHasAPlace() {
        assertThat(problem("a: 1\na: 2\n"))
                .isEqualTo("f:2:1 `a` stands here twice: first on line 1; remove one");
        assertThat(problem("a: *nope\n")).startsWith("f:1:4 not valid YAML: found undefined alias");
        assertThat(problem("a: !thing x\n"))
                .isEqualTo("f:1:4 the tag `!thing` is not understood; remove it");
        assertThat(problem("[a]: b\n")).isEqualTo("f:1:1 a key must be a text");
        assertThat(problem("<<: text\n")).startsWith("f:2:1 not valid YAML: Expected mapping node");
        assertThat(problem("a: \"x\n")).startsWith("f:2:1 not valid YAML");
        assertThat(problem("a: 1\n--- \nb: 2\n")).startsWith("f:2:1 not valid YAML");
        assertThat(problem("a: 1\nb: \u0000\n")).startsWith("f:2:4 the character U+0000");
    }

    @Test
    void allDuplicatesAreFoundAtOnce() {
        assertThat(Yaml.parse("f", "a: {x: 1, x: 2}\nb: {y: 1, y: 2}\n").problems()).hasSize(2);
    }

    @Test
    void anchorsInsideAnchorsDoNotExplode() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            String one = "*a" + (i - 1);
            laughs.append(
                    "a%d: &a%d [%s]\n"
                            .formatted(
                                    i,
                                    i,
                                    String.join(", ", java.util.Collections.nCopies(10, one))));
        }
        assertThat(problem(laughs.toString())).contains("more than 100000 values");
    }

    @Test
    void anAnchorInsideItselfIsAProblem() {
        assertThat(problem("a: &a [*a]\n")).contains("an anchor inside itself");
    }

    @Test
    void nothingIsNothing() {
        assertThat(Yaml.parse("f", "# only a comment\n"))
                .isEqualTo(new YamlDocument(null, java.util.List.of()));
    }

    @Test
    void filesOfOtherEditorsAreReadTheSame() {
        assertThat(mapping("\uFEFFa: 1\r\nb: 2\r\n").find("b").key().at()).hasToString("f:2:1");
    }
}
