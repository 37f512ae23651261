package dev.midstream.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The judge of the parts of one item that follow each other: its content, or its summary. */
final class ResponsesPartsGrammar {

    private final String item;
    private final String kind;
    private final Set<String> fitting;
    private final Findings findings;
    private final List<ResponsesPartGrammar> parts = new ArrayList<>();

    /**
     * @param kind {@code content} or {@code summary}
     * @param fitting the types that a part may have
     */
    ResponsesPartsGrammar(String item, String kind, Set<String> fitting, Findings findings) {
        this.item = item;
        this.kind = kind;
        this.fitting = fitting;
        this.findings = findings;
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    boolean anyOpen() {
        return parts.stream().anyMatch(ResponsesPartGrammar::isOpen);
    }

    /** The texts of the parts, in order. */
    List<String> texts() {
        return parts.stream().map(ResponsesPartGrammar::text).toList();
    }

    /** The text of the parts of that type, joined. */
    String text(String type) {
        StringBuilder text = new StringBuilder();
        for (ResponsesPartGrammar part : parts) {
            text.append(part.type().equals(type) ? part.text() : "");
        }
        return text.toString();
    }

    void start(JsonNode data) {
        JsonNode place = data.path(index());
        JsonNode type = data.path("part").path("type");
        String name = kind + " part " + place + " of " + item;
        findings.require(
                place.isIntegralNumber() && place.asInt() == parts.size(),
                name + " starts where part " + parts.size() + " is next");
        findings.require(
                parts.isEmpty() || !parts.getLast().isOpen(), name + " starts inside another one");
        findings.require(fitting.contains(type.asString("")), name + " has the type " + type);
        parts.add(new ResponsesPartGrammar(name, data.path("part"), findings));
    }

    void close(JsonNode data) {
        ResponsesPartGrammar part = open(data);
        if (part != null) {
            part.close(data.path("part"));
        }
    }

    /** A piece of the open part, which is of that type. */
    void delta(String type, JsonNode data) {
        ResponsesPartGrammar part = open(data, type);
        if (part != null) {
            findings.require(data.path("delta").isString(), item + " has a delta without text");
            part.delta(data.path("delta").asString(""));
        }
    }

    /** The whole of the open part, which is of that type. */
    void tell(String type, JsonNode data) {
        ResponsesPartGrammar part = open(data, type);
        if (part != null) {
            part.tell(data.path(type.equals("refusal") ? "refusal" : "text"));
        }
    }

    void annotation(JsonNode data) {
        ResponsesPartGrammar part = open(data, "output_text");
        if (part != null) {
            part.annotation(data);
        }
    }

    /** Whether these are the parts, inside their closed item. */
    void requireAll(JsonNode told) {
        if (findings.require(
                told.isArray() && told.size() == parts.size(),
                item + " is closed with other parts than were told: " + told)) {
            for (int i = 0; i < parts.size(); i++) {
                JsonNode type = told.get(i).path("type");
                findings.require(
                        type.asString("").equals(parts.get(i).type()),
                        item + " is closed with a part of the type " + type);
                parts.get(i).requireContent(told.get(i));
            }
        }
    }

    private @Nullable ResponsesPartGrammar open(JsonNode data, String type) {
        ResponsesPartGrammar part = open(data);
        if (part != null) {
            findings.require(
                    part.type().equals(type),
                    item + " has a part that is " + part.type() + " and is told as " + type);
        }
        return part;
    }

    private @Nullable ResponsesPartGrammar open(JsonNode data) {
        int place = data.path(index()).asInt(-1);
        boolean open = place >= 0 && place == parts.size() - 1 && parts.getLast().isOpen();
        findings.require(
                open, item + " has no open part at the " + index() + " " + data.path(index()));
        return open ? parts.getLast() : null;
    }

    private String index() {
        return kind + "_index";
    }
}
