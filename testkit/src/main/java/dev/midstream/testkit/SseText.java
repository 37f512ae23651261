package dev.midstream.testkit;

import dev.midstream.testkit.Step.Comment;
import dev.midstream.testkit.Step.Event;
import dev.midstream.testkit.Step.Raw;
import dev.midstream.testkit.Step.Tear;
import dev.midstream.testkit.Step.Torn;
import dev.midstream.testkit.Step.Wire;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of wire steps. */
final class SseText {

    private final Delivery delivery;

    SseText(Delivery delivery) {
        this.delivery = delivery;
    }

    byte[] bytes(Wire wire) {
        return switch (wire) {
            case Event event -> event(event);
            case Comment(String text) -> lines(": " + text + "\n\n");
            case Raw(byte[] bytes) -> bytes;
            case Torn torn -> throw new IllegalArgumentException("not a whole event: " + torn);
        };
    }

    /** The beginning of an event that is left of it when it tears there. */
    byte[] torn(byte[] whole, Tear where) {
        return Arrays.copyOf(
                whole,
                switch (where) {
                    case BEFORE_BLANK_LINE -> whole.length - delivery.lineEnd().text().length();
                    case INSIDE_LINE -> whole.length / 2;
                    case INSIDE_CHARACTER -> firstLeadByte(whole) + 1;
                });
    }

    private byte[] event(Event event) {
        StringBuilder text = new StringBuilder();
        if (event.name() != null) {
            text.append("event: ").append(event.name()).append('\n');
        }
        for (String line : spread(event.data()).split("\n", -1)) {
            text.append("data: ").append(line).append('\n');
        }
        return lines(text.append('\n').toString());
    }

    /** A line break after the first brace is white space to JSON. */
    private String spread(String data) {
        return delivery.spreadData() && data.startsWith("{") ? "{\n" + data.substring(1) : data;
    }

    private byte[] lines(String text) {
        return text.replace("\n", delivery.lineEnd().text()).getBytes(StandardCharsets.UTF_8);
    }

    private static int firstLeadByte(byte[] bytes) {
        for (int at = 0; at < bytes.length; at++) {
            if ((bytes[at] & 0xC0) == 0xC0) {
                return at;
            }
        }
        throw new IllegalArgumentException(
                "no character of several bytes in " + new String(bytes, StandardCharsets.UTF_8));
    }
}
