package dev.midstream.testkit;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An output item that is being written: it announces itself, its parts and their pieces, and says
 * all of it again when it is closed.
 */
abstract sealed class ResponsesItem {

    private final ResponsesEvents events;
    private final String id;
    private final int index;

    private ResponsesItem(ResponsesEvents events, String id, int index) {
        this.events = events;
        this.id = id;
        this.index = index;
    }

    /** The item as it is announced. */
    abstract ObjectNode opening();

    /** One more piece of what it says last. */
    abstract void more(String piece);

    /** Closes what is open in it and returns it whole. */
    abstract ObjectNode whole(String status);

    void open() {
        ObjectNode data = Json.object().put("output_index", index);
        data.set("item", opening());
        events.emit("response.output_item.added", data);
    }

    ObjectNode close(String status) {
        ObjectNode item = whole(status);
        ObjectNode data = Json.object().put("output_index", index);
        data.set("item", item);
        events.emit("response.output_item.done", data);
        return item;
    }

    ObjectNode item(String type) {
        return Json.object().put("id", id).put("type", type);
    }

    ObjectNode where() {
        return Json.object().put("item_id", id).put("output_index", index);
    }

    void say(String event, ObjectNode data) {
        events.emit("response." + event, data);
    }

    /** Text, and refusals in parts of their own. */
    static final class Message extends ResponsesItem {

        private final ArrayNode parts = Json.array();
        private @Nullable String openType;
        private final StringBuilder text = new StringBuilder();

        Message(ResponsesEvents events, String id, int index) {
            super(events, id, index);
        }

        @Override
        ObjectNode opening() {
            ObjectNode item = item("message").put("status", "in_progress").put("role", "assistant");
            item.putArray("content");
            return item;
        }

        @Override
        void more(String piece) {
            more(openType == null ? "output_text" : openType, piece);
        }

        void more(String type, String piece) {
            if (!type.equals(openType)) {
                closePart();
                openType = type;
                say("content_part.added", part(type, ""));
            }
            text.append(piece);
            say(type + ".delta", logprobs(type, place().put("delta", piece)));
        }

        @Override
        ObjectNode whole(String status) {
            closePart();
            ObjectNode item = item("message").put("status", status).put("role", "assistant");
            item.set("content", parts);
            return item;
        }

        private void closePart() {
            if (openType == null) {
                return;
            }
            String type = openType;
            say(type + ".done", logprobs(type, place().put(member(type), text.toString())));
            ObjectNode done = part(type, text.toString());
            say("content_part.done", done);
            parts.add(done.path("part"));
            text.setLength(0);
            openType = null;
        }

        private ObjectNode place() {
            return where().put("content_index", parts.size());
        }

        private ObjectNode part(String type, String whole) {
            ObjectNode part = Json.object().put("type", type).put(member(type), whole);
            if (type.equals("output_text")) {
                part.putArray("annotations");
                part.putArray("logprobs");
            }
            ObjectNode data = place();
            data.set("part", part);
            return data;
        }

        private static String member(String type) {
            return type.equals("refusal") ? "refusal" : "text";
        }

        private static ObjectNode logprobs(String type, ObjectNode data) {
            if (type.equals("output_text")) {
                data.putArray("logprobs");
            }
            return data;
        }
    }

    /** Reasoning: a summary of it, its text, or nothing that can be read. */
    static final class Reasoning extends ResponsesItem {

        private final ResponsesDialect dialect;
        private final @Nullable String encrypted;
        private final ArrayNode parts = Json.array();
        private final StringBuilder text = new StringBuilder();
        private boolean partOpen;

        Reasoning(
                ResponsesEvents events,
                String id,
                int index,
                ResponsesDialect dialect,
                @Nullable String encrypted) {
            super(events, id, index);
            this.dialect = dialect;
            this.encrypted = encrypted;
        }

        @Override
        ObjectNode opening() {
            ObjectNode item = item("reasoning");
            item.putArray("summary");
            if (encrypted != null) {
                item.put("encrypted_content", encrypted.substring(0, encrypted.length() / 2));
            }
            return item;
        }

        @Override
        void more(String piece) {
            if (dialect.has(ResponsesQuirk.REASONING_SILENT)) {
                return;
            }
            if (dialect.has(ResponsesQuirk.SUMMARY_IN_PARTS)) {
                closePart();
            }
            if (!partOpen) {
                partOpen = true;
                say(partEvent() + ".added", part(""));
            }
            text.append(piece);
            say(textEvent() + ".delta", place().put("delta", piece));
        }

        @Override
        ObjectNode whole(String status) {
            closePart();
            ObjectNode item = item("reasoning");
            item.set("summary", isText() ? Json.array() : parts);
            if (isText()) {
                item.set("content", parts);
            }
            if (encrypted != null) {
                item.put("encrypted_content", encrypted);
            }
            return item;
        }

        private void closePart() {
            if (!partOpen) {
                return;
            }
            say(textEvent() + ".done", place().put("text", text.toString()));
            ObjectNode done = part(text.toString());
            say(partEvent() + ".done", done);
            parts.add(done.path("part"));
            text.setLength(0);
            partOpen = false;
        }

        private boolean isText() {
            return dialect.has(ResponsesQuirk.REASONING_TEXT);
        }

        private String partEvent() {
            return isText() ? "content_part" : "reasoning_summary_part";
        }

        private String textEvent() {
            return isText() ? "reasoning_text" : "reasoning_summary_text";
        }

        private ObjectNode place() {
            return where().put(isText() ? "content_index" : "summary_index", parts.size());
        }

        private ObjectNode part(String whole) {
            ObjectNode data = place();
            data.putObject("part")
                    .put("type", isText() ? "reasoning_text" : "summary_text")
                    .put("text", whole);
            return data;
        }
    }

    /** A function call. */
    static final class Call extends ResponsesItem {

        private final String callId;
        private final String name;
        private final StringBuilder arguments = new StringBuilder();

        Call(ResponsesEvents events, String id, int index, String callId, String name) {
            super(events, id, index);
            this.callId = callId;
            this.name = name;
        }

        String callId() {
            return callId;
        }

        @Override
        ObjectNode opening() {
            return call("in_progress", "");
        }

        @Override
        void more(String piece) {
            arguments.append(piece);
            say("function_call_arguments.delta", where().put("delta", piece));
        }

        @Override
        ObjectNode whole(String status) {
            say(
                    "function_call_arguments.done",
                    where().put("name", name).put("arguments", arguments.toString()));
            return call(status, arguments.toString());
        }

        private ObjectNode call(String status, String written) {
            return item("function_call")
                    .put("status", status)
                    .put("arguments", written)
                    .put("call_id", callId)
                    .put("name", name);
        }
    }
}
