package dev.midstream.relay;

import dev.midstream.json.JsonProgress;
import dev.midstream.json.SchemaCheck;
import dev.midstream.model.ResponseFormat;

/**
 * A structured answer that is continued without the grammar which the first upstream was held to:
 * it has to stay a valid beginning of one JSON document, and in the end to fit its schema.
 * Event-loop confined.
 */
final class Document {

    private final JsonProgress progress = new JsonProgress();
    private final StringBuilder text;
    private final ResponseFormat format;

    Document(String released, ResponseFormat format) {
        this.text = new StringBuilder(released);
        this.format = format;
        progress.accept(released);
    }

    /** Takes the next piece; false if the document cannot become valid any more. */
    boolean accept(String piece) {
        text.append(piece);
        return progress.accept(piece);
    }

    boolean valid() {
        return progress.valid();
    }

    boolean complete() {
        return progress.complete() && !progress.trailing() && fits();
    }

    private boolean fits() {
        return switch (format) {
            case ResponseFormat.JsonSchema schema ->
                    SchemaCheck.accepts(schema.schema().text(), text.toString());
            case ResponseFormat.JsonObject object -> progress.object();
            case ResponseFormat.Text free -> true;
        };
    }
}
