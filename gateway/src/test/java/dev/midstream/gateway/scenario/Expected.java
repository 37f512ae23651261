package dev.midstream.gateway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.testkit.scenario.Said;
import dev.midstream.testkit.scenario.Seen;
import dev.midstream.testkit.scenario.Seen.Call;
import dev.midstream.testkit.scenario.Seen.Trouble;
import dev.midstream.testkit.scenario.Wire;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What is due to a client. Immutable. */
sealed interface Expected {

    /** Longer texts make no readable message. */
    int MOST_SHOWN = 4000;

    /**
     * @param wire what the client speaks
     */
    void verify(Seen seen, Wire wire);

    /** The same as the library has it, which throws where a stream is broken off. */
    default Expected thrown() {
        return this;
    }

    private static String shown(String text) {
        return text.length() <= MOST_SHOWN
                ? text
                : text.substring(0, MOST_SHOWN) + "… " + text.length() + " characters";
    }

    /** One complete answer. */
    record Whole(String text, String reasoning, List<Call> calls, String finish)
            implements Expected {

        public Whole {
            calls = List.copyOf(calls);
        }

        private List<Call> parsed() {
            return calls.stream().map(Call::parsed).toList();
        }

        Whole reasoning(String other) {
            return new Whole(text, other, calls, finish);
        }

        @Override
        public void verify(Seen seen, Wire wire) {
            assertThat(seen.trouble()).as("error").isNull();
            assertThat(seen.status()).as("status").isEqualTo(200);
            assertThat(shown(seen.text())).as("text").isEqualTo(shown(text));
            assertThat(seen.text().equals(text)).as("whether the text is the same").isTrue();
            assertThat(Objects.requireNonNullElse(seen.reasoning(), reasoning))
                    .as("reasoning")
                    .isEqualTo(reasoning);
            assertThat(seen.calls())
                    .as("tool calls")
                    .isIn(calls, wire == Wire.MESSAGES ? parsed() : calls);
            assertThat(seen.finish()).as("finish reason").isEqualTo(finish);
            Seen.Tokens tokens = Objects.requireNonNull(seen.tokens(), "no usage");
            assertThat(tokens.total()).isEqualTo(tokens.prompt() + tokens.completion());
            assertThat(tokens.prompt()).as("prompt tokens").isPositive();
        }
    }

    /** An error instead of an answer. */
    record HttpError(int status, Cause error) implements Expected {
        @Override
        public void verify(Seen seen, Wire wire) {
            assertThat(seen.status()).as("status of %s", seen).isEqualTo(status);
            error.in(wire, status).verify(Objects.requireNonNull(seen.trouble()), false);
        }
    }

    /**
     * The beginning of an answer, then an error in the stream.
     *
     * @param delivered the text
     * @param anything whether anything of the answer came, text or not
     */
    record BrokenOff(int status, String delivered, boolean anything, Cause error)
            implements Expected {

        /** A stream has begun with this status. */
        BrokenOff(String delivered, boolean anything, Cause error) {
            this(200, delivered, anything, error);
        }

        /** No status came before. */
        @Override
        public Expected thrown() {
            return new BrokenOff(error.status(), delivered, anything, error);
        }

        @Override
        public void verify(Seen seen, Wire wire) {
            assertThat(seen.status()).as("status").isEqualTo(status);
            assertThat(seen.text()).as("text").isEqualTo(delivered);
            assertThat(seen.trouble()).as("error").isNotNull();
            assertThat(seen.finish()).as("finish reason").isNull();
            error.in(wire, 0).verify(Objects.requireNonNull(seen.trouble()), anything);
        }
    }

    /**
     * The error that surfaces.
     *
     * @param code empty if it does not matter
     * @param message empty if it does not matter
     */
    record Cause(String type, String code, String message) {

        private static final Set<String> ANTHROPICS =
                Set.of(
                        "authentication_error",
                        "rate_limit_error",
                        "api_error",
                        "timeout_error",
                        "overloaded_error");

        /**
         * As the client's protocol says it. Messages has no codes and no types but its own; a
         * stream that broke without a provider's word is {@code overloaded_error} there, the one
         * type on which agents ask again.
         *
         * @param status of the response; 0 inside a stream
         */
        Cause in(Wire wire, int status) {
            if (wire != Wire.MESSAGES) {
                return this;
            }
            boolean wordless = code.startsWith("upstream_");
            String told =
                    wordless && status == 0
                            ? "overloaded_error"
                            : ANTHROPICS.contains(type) ? type : ofStatus(status);
            return new Cause(told, "", message);
        }

        /** The status that belongs to it inside a stream. */
        int status() {
            return switch (type) {
                case "invalid_request_error" -> 400;
                case "server_error" -> 502;
                case "timeout_error" -> 504;
                case "overloaded_error" -> 529;
                default -> throw new IllegalStateException("no scenario breaks off by " + type);
            };
        }

        private static String ofStatus(int status) {
            return switch (status) {
                case 429 -> "rate_limit_error";
                case 401 -> "authentication_error";
                case 504 -> "timeout_error";
                case 503, 529 -> "overloaded_error";
                default -> status >= 500 ? "api_error" : "invalid_request_error";
            };
        }

        void verify(Trouble trouble, boolean delivered) {
            assertThat(trouble.type()).as("type of %s", trouble).isEqualTo(type);
            if (!code.isEmpty()) {
                assertThat(trouble.code()).as("code of %s", trouble).isEqualTo(code);
            }
            assertThat(trouble.message()).as("message").isNotBlank();
            if (!message.isEmpty()) {
                assertThat(trouble.message()).as("message").isEqualTo(message);
            }
            assertThat(trouble.midstream().path("delivered").asBoolean())
                    .as("delivered")
                    .isEqualTo(delivered);
            assertThat(trouble.midstream().path("attempts").isArray()).as("attempts").isTrue();
        }
    }

    /** The whole essay, once. */
    static Whole whole() {
        return whole(Said.ESSAY);
    }

    /** This text, once. */
    static Whole whole(String text) {
        return new Whole(text, "", List.of(), "stop");
    }

    /** Tool calls and nothing else. */
    static Whole calling(Call... calls) {
        return calling("", calls);
    }

    /** A text, then tool calls. */
    static Whole calling(String text, Call... calls) {
        return new Whole(text, "", List.of(calls), "tool_calls");
    }

    /** The provider's own error, as an HTTP status. */
    static HttpError refused(int status, String type, String message) {
        return new HttpError(status, new Cause(type, "", message));
    }

    /** A failure that no provider put into words, as an HTTP status. */
    static HttpError failed(int status, String type, String code) {
        return new HttpError(status, new Cause(type, code, ""));
    }

    /** What was delivered, then a failure that no provider put into words. */
    static BrokenOff brokenOff(String delivered, String type, String code) {
        return new BrokenOff(delivered, !delivered.isEmpty(), new Cause(type, code, ""));
    }

    /** What was delivered, then the provider's own error. */
    static BrokenOff brokenOffBy(String delivered, String type, String message) {
        return new BrokenOff(delivered, !delivered.isEmpty(), new Cause(type, "", message));
    }
}
