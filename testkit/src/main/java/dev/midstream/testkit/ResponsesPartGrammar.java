package dev.midstream.testkit;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** The judge of one part of an item: a text that is announced, told in pieces and told whole. */
final class ResponsesPartGrammar {

    private final String what;
    private final String type;
    private final Findings findings;
    private final StringBuilder text = new StringBuilder();
    private final ArrayNode annotations = Json.array();
    private boolean told;
    private boolean closed;

    ResponsesPartGrammar(String what, JsonNode start, Findings findings) {
        this.what = what;
        this.type = start.path("type").asString("");
        this.findings = findings;
        findings.require(
                start.path(member()).isString() && start.path(member()).asString().isEmpty(),
                what + " does not start with an empty " + member());
        if (type.equals("output_text")) {
            findings.require(
                    start.path("annotations").isArray() && start.path("annotations").isEmpty(),
                    what + " does not start with empty annotations");
        }
    }

    String type() {
        return type;
    }

    String text() {
        return text.toString();
    }

    boolean isOpen() {
        return !closed;
    }

    void delta(String piece) {
        findings.require(!told, what + " goes on after its whole text");
        text.append(piece);
    }

    void annotation(JsonNode data) {
        findings.require(
                data.path("annotation_index").asInt(-1) == annotations.size(),
                what
                        + " has annotation "
                        + data.path("annotation_index")
                        + " where "
                        + annotations.size()
                        + " is next");
        findings.require(data.path("annotation").isObject(), what + " has an empty annotation");
        annotations.add(data.path("annotation"));
    }

    /** The whole text is told. */
    void tell(JsonNode whole) {
        findings.require(!told, what + " tells its whole text again");
        requireText(whole);
        told = true;
    }

    void close(JsonNode part) {
        findings.require(told, what + " is closed before its whole text");
        findings.require(
                part.path("type").asString("").equals(type),
                what + " is " + type + " and closed as " + part.path("type"));
        requireContent(part);
        closed = true;
    }

    /** Whether this is the part, closed or inside its closed item. */
    void requireContent(JsonNode part) {
        requireText(part.path(member()));
        if (type.equals("output_text")) {
            findings.require(
                    part.path("annotations").equals(annotations),
                    what + " has other annotations at its end: " + part.path("annotations"));
        }
    }

    private void requireText(JsonNode whole) {
        findings.require(
                whole.isString() && whole.asString().contentEquals(text),
                what + " ends as " + whole + " and was told as \"" + text + "\"");
    }

    private String member() {
        return type.equals("refusal") ? "refusal" : "text";
    }
}
