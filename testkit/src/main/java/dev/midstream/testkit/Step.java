package dev.midstream.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happens while a provider answers: content, silence, or a fault.
 *
 * <p><b>Shape.</b> An {@link Answer} is a list of steps, played in order. Nothing is sent before
 * the first step that writes something, so an {@link Ending} that stands first happens before the
 * response headers: {@link Cut} alone is a reset before headers, {@link Stall} alone is a provider
 * that never answers. At most one ending, and it is last; without one the answer ends like {@link
 * CleanEnd}.
 *
 * <p>Immutable.
 */
public sealed interface Step {

    /** What is written into the event stream. */
    sealed interface Sent extends Step {}

    /** What a model says, written as the provider's protocol writes it. */
    sealed interface Content extends Sent {}

    /** Bytes of the event stream that no dialect changes. */
    sealed interface Wire extends Sent {}

    /** How the response begins, where that is not an event stream with status 200. */
    sealed interface Opener extends Step {}

    /** Silence in the middle of an answer. */
    sealed interface Wait extends Step {}

    /** How the answer ends; nothing may follow it. */
    sealed interface Ending extends Step {}

    // ---------------------------------------------------------------------------------- content

    /**
     * The opening frames alone: the role chunk, {@code message_start}. Other content writes them
     * first by itself, where they are missing.
     *
     * @param input tokens of the prompt, for openings that tell and a script without {@link Usage}
     */
    record Opening(int input) implements Content {
        /** Without tokens. */
        public Opening() {
            this(0);
        }
    }

    /** One delta of text. */
    record Text(int choice, String text) implements Content {
        public Text {
            requireChoice(choice);
        }

        /** In the first choice. */
        public Text(String text) {
            this(0, text);
        }
    }

    /** One delta of the reasoning that precedes an answer. */
    record Reasoning(int choice, String text) implements Content {
        public Reasoning {
            requireChoice(choice);
        }

        /** In the first choice. */
        public Reasoning(String text) {
            this(0, text);
        }
    }

    /** One delta of a refusal, where the protocol has a place apart for it; else a text. */
    record Refusal(int choice, String text) implements Content {
        public Refusal {
            requireChoice(choice);
        }

        /** In the first choice. */
        public Refusal(String text) {
            this(0, text);
        }
    }

    /**
     * A tool call: its start, then its arguments in fragments. The block that it is stays open
     * until other content or {@link EndBlock} follows, so a cut after an incomplete list of
     * fragments is a cut inside a tool call.
     *
     * @param fragments what, joined, is the JSON of the arguments, or a beginning of it
     */
    record ToolCall(int choice, String id, String name, List<String> fragments) implements Content {
        public ToolCall {
            requireChoice(choice);
            fragments = List.copyOf(fragments);
        }

        /** In the first choice. */
        public ToolCall(String id, String name, String... fragments) {
            this(0, id, name, List.of(fragments));
        }

        ToolCall beginning(int count) {
            return new ToolCall(choice, id, name, fragments.subList(0, count));
        }
    }

    /** Ends the open content block, in protocols that say so on the wire; else nothing. */
    record EndBlock() implements Content {}

    /** A delta without anything in it: it proves the socket, not the model. */
    record EmptyDelta() implements Content {}

    /**
     * The finish reason.
     *
     * @param reason {@code stop}, {@code length}, {@code tool_calls}, {@code content_filter} become
     *     the protocol's own word; any other reason is written as it is
     * @param stopSequence the stop string that was hit, for protocols that tell
     */
    record Finish(int choice, String reason, @Nullable String stopSequence) implements Content {
        public Finish {
            requireChoice(choice);
        }

        /** That of the first choice. */
        public Finish(String reason) {
            this(0, reason, null);
        }

        /** Without a stop string. */
        public Finish(int choice, String reason) {
            this(choice, reason, null);
        }
    }

    /**
     * The tokens used. Its place in the stream is the protocol's business: an event of its own
     * where this step stands (chat, if the request asked), or inside opening and finish (Messages).
     *
     * @param input tokens of the whole prompt, cached ones included
     * @param output tokens of the answer, reasoning included
     */
    record Usage(int input, int output, int cached, int reasoning) implements Content {
        /** With nothing cached and no reasoning. */
        public Usage(int input, int output) {
            this(input, output, 0, 0);
        }
    }

    /** The protocol's terminal event: {@code [DONE]}, {@code message_stop}. */
    record Done() implements Content {}

    /** The protocol's sign of life: an event where it has one, else a comment. */
    record Ping() implements Content {}

    /** An event with the right name whose JSON is broken off in the middle. */
    record Malformed() implements Content {}

    /**
     * An error inside the stream, after status 200. A request that did not ask for a stream gets it
     * as an HTTP error.
     *
     * @param status its HTTP twin, for dialects that write a number
     */
    record InBandError(int status, String type, String message, @Nullable String code)
            implements Content {
        /** Without a code. */
        public InBandError(int status, String type, String message) {
            this(status, type, message, null);
        }
    }

    /**
     * Ends the connection in this way. The answer is over with it, unless it is generated in the
     * background: then it goes on with the steps that follow, and who resumes the stream gets them.
     */
    record Drop(Ending how) implements Step {
        public Drop {
            if (how instanceof Status || how instanceof HttpError || how instanceof Rejected) {
                throw new IllegalArgumentException("no end of a connection: " + how);
            }
        }
    }

    // ------------------------------------------------------------------------------------- wire

    /** An event as given; line breaks in the data become several {@code data} lines. */
    record Event(@Nullable String name, String data) implements Wire {
        /** An event without a name. */
        public Event(String data) {
            this(null, data);
        }
    }

    /** A comment line. */
    record Comment(String text) implements Wire {}

    /** Bytes of the body as given. */
    record Raw(byte[] bytes) implements Wire {
        public Raw {
            bytes = bytes.clone();
        }

        /** These words, in UTF-8. */
        public Raw(String text) {
            this(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** A beginning of a step's last event; what follows it in the script is usually an ending. */
    record Torn(Sent of, Tear where) implements Wire {
        public Torn {
            if (of instanceof Torn) {
                throw new IllegalArgumentException("torn already: " + of);
            }
        }
    }

    /** Where an event tears. */
    enum Tear {
        /** The line is whole, the blank line that would dispatch the event is missing. */
        BEFORE_BLANK_LINE,
        /** In the middle of the bytes of the event. */
        INSIDE_LINE,
        /** After the first byte of the first character that has more than one. */
        INSIDE_CHARACTER
    }

    // ----------------------------------------------------------------------------------- opener

    /** Status line and headers of the event stream; they add to and replace the usual ones. */
    record Head(int status, Map<String, String> headers) implements Opener {
        public Head {
            headers = Map.copyOf(headers);
        }

        /** Status 200 and the usual headers. */
        public Head() {
            this(200, Map.of());
        }
    }

    /** Anything in place of a response head; from here on bytes go out without framing. */
    record RawHead(String text) implements Opener {}

    // ------------------------------------------------------------------------------------- wait

    /** Real time passes. Prefer {@link AwaitRelease}; this is for clocks that cannot be turned. */
    record Pause(Duration time) implements Wait {}

    /** Waits until the test opens the gate. */
    record AwaitRelease(Gate gate) implements Wait {}

    // ----------------------------------------------------------------------------------- ending

    /** A whole response that is no stream. */
    record Status(int code, Map<String, String> headers, String body) implements Ending {
        public Status {
            headers = Map.copyOf(headers);
        }
    }

    /**
     * An error before the stream, in the dialect's own envelope.
     *
     * @param param what of the request is wrong, for dialects that tell
     */
    record HttpError(
            int status,
            String type,
            String message,
            @Nullable String code,
            @Nullable String param,
            Map<String, String> headers)
            implements Ending {
        public HttpError {
            headers = Map.copyOf(headers);
        }

        /** Without a param. */
        public HttpError(
                int status,
                String type,
                String message,
                @Nullable String code,
                Map<String, String> headers) {
            this(status, type, message, code, null, headers);
        }

        /** Without code and headers. */
        public HttpError(int status, String type, String message) {
            this(status, type, message, null, Map.of());
        }
    }

    /**
     * An error of the provider by its name: an HTTP error if nothing was sent before it, else an
     * error inside the stream.
     *
     * @param headers of the HTTP error, such as {@code Retry-After}
     */
    record Rejected(Rejection error, Map<String, String> headers) implements Ending {
        public Rejected {
            headers = Map.copyOf(headers);
        }

        /** Without headers. */
        public Rejected(Rejection error) {
            this(error, Map.of());
        }
    }

    /**
     * Resets the connection (RST). What was written before and fits the peer's receive buffer has
     * arrived by then.
     */
    record Cut() implements Ending {}

    /** Closes the connection (FIN) in the middle of the framing: no last chunk, length missed. */
    record Close() implements Ending {}

    /** Ends the response properly, whether or not a terminal event was sent. */
    record CleanEnd() implements Ending {}

    /**
     * Says nothing more and keeps the connection open until the peer closes it. After {@link Done}
     * it is the provider that leaves its socket open.
     */
    record Stall() implements Ending {}

    /** Repeats these bytes until the peer closes the connection. */
    record Endless(byte[] bytes) implements Ending {
        public Endless {
            bytes = bytes.clone();
            if (bytes.length == 0) {
                throw new IllegalArgumentException("endless nothing");
            }
        }

        /** These words, in UTF-8. */
        public Endless(String text) {
            this(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void requireChoice(int choice) {
        Objects.checkIndex(choice, 128);
    }
}
