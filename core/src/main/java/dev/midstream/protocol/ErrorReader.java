package dev.midstream.protocol;

import dev.midstream.model.Json;
import dev.midstream.model.ProviderError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a provider's error, in whichever of the usual envelopes it comes: {@code {"error":{…}}}
 * with OpenAI's, Anthropic's or Google's members, {@code {"error":"…"}}, the bare members, an array
 * around any of them, an error inside a chat choice, HTML.
 *
 * <p><b>Failure</b>: none; what is not understood becomes the message. Messages are cut to 2,000
 * characters.
 *
 * <p>Stateless, thread-safe.
 */
public final class ErrorReader {

    private static final int LONGEST_MESSAGE = 2_000;
    private static final int LONGEST_PAGE = 4_000;
    private static final int LONGEST_RAW = 32_000;
    private static final int LONGEST_BODY = 256 * 1024;
    private static final Pattern TAGS =
            Pattern.compile("(?is)<(script|style|head)\\b.*?</\\1>|<[^>]*>");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private ErrorReader() {}

    /** The error of a response. */
    public static ProviderError response(
            int status, Function<String, @Nullable String> header, byte[] body) {
        String text = text(body, 0, body.length);
        Duration wait = WaitHints.of(status, header, text, WaitHints.date(header));
        boolean veto = "false".equalsIgnoreCase(header.apply("x-should-retry"));
        JsonNode root = tree(text);
        String requestId = requestId(header, root);
        if (root == null || !root.isContainer()) {
            return ofText(status, text, requestId, wait, veto);
        }
        return ofTree(status, root, requestId, wait, veto);
    }

    /**
     * An error that came inside a stream.
     *
     * @return null if the text is not JSON
     */
    public static @Nullable ProviderError inBand(byte[] bytes, int offset, int length) {
        String text = text(bytes, offset, length);
        JsonNode root = tree(text);
        if (root == null) {
            return null;
        }
        Duration wait = WaitHints.of(0, name -> null, text, null);
        String requestId = requestId(name -> null, root);
        if (!root.isContainer()) {
            return ofText(0, root.isString() ? root.stringValue() : text, requestId, wait, false);
        }
        return ofTree(0, root, requestId, wait, false);
    }

    /**
     * An error that is words only, without any structure; {@code status} 0 if it came inside a
     * stream.
     */
    public static ProviderError words(int status, String words) {
        return ofText(status, words, null, null, false);
    }

    private static ProviderError ofText(
            int status,
            String text,
            @Nullable String requestId,
            @Nullable Duration wait,
            boolean veto) {
        String plain =
                BLANKS.matcher(TAGS.matcher(cut(text, LONGEST_PAGE)).replaceAll(" "))
                        .replaceAll(" ")
                        .strip();
        String message = plain.isEmpty() ? noReason(status) : cut(plain, 300);
        return new ProviderError(
                status < 400 ? ErrorClassifier.statusTwin("", null, message) : status,
                ErrorClassifier.classify(status, "", null, null, message),
                "",
                null,
                null,
                message,
                null,
                requestId,
                wait,
                veto);
    }

    private static ProviderError ofTree(
            int status,
            JsonNode root,
            @Nullable String requestId,
            @Nullable Duration wait,
            boolean veto) {
        JsonNode error = find(root.isArray() ? root.path(0) : root);
        String type = type(error);
        String code = scalar(error.path("code"));
        String param = scalar(error.path("param"));
        String message = cut(message(status, error), LONGEST_MESSAGE);
        String evidence = message + evidence(error);
        return new ProviderError(
                status < 400 ? ErrorClassifier.statusTwin(type, code, evidence) : status,
                ErrorClassifier.classify(status, type, code, param, evidence),
                type,
                code,
                param,
                message,
                raw(error),
                requestId,
                wait,
                veto);
    }

    /** The provider's own object, unless it is too long to be handed on. */
    private static @Nullable Json raw(JsonNode error) {
        String text = error.toString();
        return text.length() > LONGEST_RAW ? null : new Json(text);
    }

    private static JsonNode find(JsonNode root) {
        for (JsonNode candidate :
                List.of(
                        root.path("error"),
                        root.path("choices").path(0).path("error"),
                        root.path("x_groq").path("error"),
                        root.path("errors").path(0))) {
            if (!candidate.isMissingNode() && !candidate.isNull()) {
                return candidate;
            }
        }
        return root;
    }

    private static String type(JsonNode error) {
        for (JsonNode candidate :
                List.of(
                        error.path("type"),
                        error.path("status"),
                        error.path("metadata").path("error_type"),
                        error.path("__type"))) {
            if (candidate.isString() && !candidate.stringValue().equals("error")) {
                return candidate.stringValue();
            }
        }
        return "";
    }

    private static String message(int status, JsonNode error) {
        if (error.isString()) {
            return error.stringValue();
        }
        for (String name : List.of("message", "detail", "details", "msg", "error")) {
            JsonNode said = error.path(name);
            if (!said.isMissingNode() && !said.isNull()) {
                return said.isString() ? said.stringValue() : said.toString();
            }
        }
        return noReason(status);
    }

    private static String noReason(int status) {
        return status < 400
                ? "The upstream gave no reason"
                : "The upstream answered with status " + status + " and gave no reason";
    }

    /** What providers say about the error beside its message. */
    private static String evidence(JsonNode error) {
        String inner = scalar(error.path("innererror").path("code"));
        String wrapped = scalar(error.path("metadata").path("raw"));
        String quota = error.path("details").isArray() ? error.path("details").toString() : null;
        return (inner == null ? "" : " " + inner)
                + (wrapped == null ? "" : " " + cut(wrapped, LONGEST_MESSAGE))
                + (quota == null ? "" : " " + cut(quota, LONGEST_MESSAGE));
    }

    private static @Nullable String requestId(
            Function<String, @Nullable String> header, @Nullable JsonNode root) {
        String told = RequestIds.in(header);
        String id = told != null || root == null ? told : scalar(root.path("request_id"));
        return id == null ? null : cut(id, 200);
    }

    private static @Nullable String scalar(JsonNode node) {
        return node.isString()
                ? node.stringValue()
                : node.isNumber() ? node.numberValue().toString() : null;
    }

    private static @Nullable JsonNode tree(String text) {
        try {
            JsonNode root = MAPPER.readTree(text);
            return root == null || root.isMissingNode() ? null : root;
        } catch (JacksonException notJson) {
            return null;
        }
    }

    private static String text(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, Math.min(length, LONGEST_BODY), StandardCharsets.UTF_8);
    }

    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + "…";
    }
}
