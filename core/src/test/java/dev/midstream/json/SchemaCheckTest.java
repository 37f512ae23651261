package dev.midstream.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a continued structured answer is held to at its end. */
class SchemaCheckTest {

    private static final String PERSON =
            """
            {"type":"object","properties":{"name":{"type":"string","minLength":1},"age":{"type":["integer","null"]},
             "tags":{"type":"array","items":{"enum":["a","b"]},"maxItems":2},"boss":{"$ref":"#"}},
             "required":["name","age"],"additionalProperties":false}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":\"x\",\"age\":3} | true",
                "{\"name\":\"x\",\"age\":3.0} | true",
                "{\"name\":\"x\",\"age\":null,\"tags\":[\"a\",\"b\"]} | true",
                "{\"name\":\"x\",\"age\":1,\"boss\":{\"name\":\"y\",\"age\":2}} | true",
                "{\"name\":\"x\"} | false",
                "{\"name\":\"\",\"age\":3} | false",
                "{\"name\":\"x\",\"age\":3.5} | false",
                "{\"name\":\"x\",\"age\":3,\"more\":1} | false",
                "{\"name\":\"x\",\"age\":3,\"tags\":[\"c\"]} | false",
                "{\"name\":\"x\",\"age\":3,\"tags\":[\"a\",\"a\",\"a\"]} | false",
                "{\"name\":\"x\",\"age\":1,\"boss\":{\"name\":2,\"age\":2}} | false",
                "[] | false",
                "{\"name\":\"x\",\"age\": | false"
            })
    void tellsValidDocumentsFromInvalidOnes(String document, boolean valid) {
        assertThat(SchemaCheck.accepts(PERSON, document)).isEqualTo(valid);
    }

    @Test
    void oneOfSeveralAlternativesIsEnough() {
        String schema = "{\"anyOf\":[{\"type\":\"string\"},{\"const\":1}]}";
        assertThat(SchemaCheck.accepts(schema, "\"x\"")).isTrue();
        assertThat(SchemaCheck.accepts(schema, "1.0")).isTrue();
        assertThat(SchemaCheck.accepts(schema, "2")).isFalse();
    }

    @Test
    void aSchemaThatRefersToItselfForeverEnds() {
        assertThat(SchemaCheck.accepts("{\"$ref\":\"#\"}", "1")).isTrue();
        assertThat(
                        SchemaCheck.accepts(
                                "{\"anyOf\":[{\"$ref\":\"#\"},{\"$ref\":\"#\"}],\"type\":\"string\"}",
                                "\"x\""))
                .isTrue();
    }
}
