package dev.midstream.protocol.messages;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What structured outputs take of JSON schema (Anthropic's page on structured outputs, read
 * 2026-11).
 */
class SchemasAreFittedTest {

    @Test
    void whatFitsStaysAsItWasWritten() {
        String schema =
                "{ \"type\":\"object\", \"properties\":{\"minimum\":{\"enum\":[1.50]}},"
                        + " \"additionalProperties\" : false }";

        assertThat(SchemaSubset.fit(schema)).isEqualTo(schema);
    }

    @Test
    void openObjectsAreClosed() {
        assertThat(
                        fit(
                                "{'type':'object','properties':{'a':{'type':'array','items':"
                                        + "{'type':'object','properties':{'b':{'$ref':'#/$defs/c'}}}}},"
                                        + "'$defs':{'c':{'properties':{'d':{}}}}}"))
                .isEqualTo(
                        "{'type':'object','properties':{'a':{'type':'array','items':"
                                + "{'type':'object','properties':{'b':{'$ref':'#/$defs/c'}},"
                                + "'additionalProperties':false}}},"
                                + "'$defs':{'c':{'properties':{'d':{}},'additionalProperties':false}},"
                                + "'additionalProperties':false}");
    }

    @Test
    void boundsBecomeWords() {
        assertThat(
                        fit(
                                "{'type':'array','minItems':2,'items':{'type':'integer',"
                                        + "'description':'Age','minimum':0,'maximum':120}}"))
                .isEqualTo(
                        "{'type':'array','items':{'type':'integer',"
                                + "'description':'Age (maximum: 120, minimum: 0)'},"
                                + "'description':'(minItems: 2)'}");
    }

    @Test
    void alternativesAreSpelledTheOtherWay() {
        assertThat(fit("{'oneOf':[{'type':'string','format':'date'},{'type':'null'}]}"))
                .isEqualTo("{'anyOf':[{'type':'string','format':'date'},{'type':'null'}]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "true",
                "{",
                "{'type':'object'}",
                "{'type':'object','properties':{'a':{}},'additionalProperties':true}",
                "{'type':'object','additionalProperties':{'type':'string'}}",
                "{'type':['object','null'],'properties':{}}",
                "{'type':'object','properties':{'a':{'patternProperties':{}}}}"
            })
    void whatIsOpenOnPurposeDoesNotFit(String schema) {
        assertThat(fit(schema)).isNull();
    }

    private static @Nullable String fit(String schema) {
        String fitted = SchemaSubset.fit(schema.replace('\'', '"'));
        return fitted == null ? null : fitted.replace('"', '\'');
    }
}
