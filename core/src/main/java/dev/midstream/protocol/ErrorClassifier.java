package dev.midstream.protocol;

import dev.midstream.model.ErrorClass;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says what a provider's error means, from its status, type, code, parameter and words.
 *
 * <p>Words count before the status, for a status says little: "prompt is too long", "credit balance
 * is too low" and "does not support assistant message prefill" are all 400. An error inside a
 * stream has no status: it is given the {@link #statusTwin status} that the same error has as a
 * response.
 *
 * <p><b>Source</b>: error references of OpenAI, Azure, Anthropic, Google, Bedrock, Mistral,
 * DeepSeek, OpenRouter, vLLM and llama.cpp, and the words quoted in their users' reports (read
 * 2026-11).
 *
 * <p>Stateless, thread-safe.
 */
public final class ErrorClassifier {

    private static final int LONGEST = 8_000;
    private static final Pattern PREFILL =
            words(
                    "(?<!chunked )prefill|must end with a user|ending with a model turn|expected last role"
                            + "|final assistant content|final `?assistant`? message must start with a thinking"
                            + "|2 or more assistant messages at the end|continue_final_message");
    private static final Pattern REASONING =
            words(
                    "invalid `?signature`?|invalid_encrypted_content|encrypted content.*(could not|cannot) be"
                            + "|thought[_ ]signature|redacted_thinking`? blocks.*cannot be modified"
                            + "|item '\\w+'.*was provided without its required"
                            + "|item with id '\\w+' not found");
    private static final Pattern NO_PREVIOUS =
            words("previous_response_not_found|previous response with id .* not found");
    private static final Pattern CONTEXT =
            words(
                    "context[_ ]length|maximum context|context[_ ]window|context size|context limit"
                            + "|(prompt|input|request) is too long|input token count|exceed_context_size"
                            + "|reduce the length of the (messages|prompt)|input length.*exceeds?"
                            + "|prompt contains \\d+ tokens|tokens? exceeds? the (model|maximum)");
    private static final Pattern POLICY =
            words(
                    "content_filter|content_policy|invalid_prompt|responsibleaipolicyviolation"
                            + "|content (management|filtering|usage) polic|content policy|usage polic"
                            + "|safety system|prohibited_content|data_?inspection_?failed"
                            + "|content exists risk|flagged as potentially");
    private static final Pattern UNSUPPORTED =
            words(
                    "unsupported_(parameter|value)|unknown_parameter|unsupported parameter|unsupported value"
                            + "|unrecognized request argument|extra inputs are not permitted"
                            + "|(is|are) not supported (with|by|for) this model|deprecated for this model"
                            + "|does not support (the )?parameter|unknown (name|field)|unexpected keyword");
    private static final Pattern QUOTA =
            words(
                    "insufficient_quota|billing_hard_limit|billing_error|billing_not_active|credit balance"
                            + "|insufficient (balance|credits?|funds)|api usage limits"
                            + "|quota_exceeded|out of credits|quota.{0,40}per ?day|per ?day.{0,40}quota");
    private static final Pattern OPENAI_QUOTA = words("exceeded your current quota");
    private static final Pattern KEY = words("api key not valid|api_key_invalid|invalid_api_key");
    private static final Pattern NO_MODEL =
            words("model_not_found|model not exist|deploymentnotfound|no such model");
    private static final Pattern LOADING =
            words("loading model|model is (currently )?loading|model ?not ?ready");
    private static final Pattern OVERLOAD = words("overloaded|slow_down|at capacity");
    private static final Pattern RATE = words("rate.?limit|too many requests|throttl");

    private static final Map<String, Integer> TWINS =
            Map.ofEntries(
                    Map.entry("invalid_request_error", 400),
                    Map.entry("badrequesterror", 400),
                    Map.entry("invalid_argument", 400),
                    Map.entry("failed_precondition", 400),
                    Map.entry("validationexception", 400),
                    Map.entry("invalid_request", 400),
                    Map.entry("invalid_prompt", 400),
                    Map.entry("context_length_exceeded", 400),
                    Map.entry("content_filter", 400),
                    Map.entry("previous_response_not_found", 400),
                    Map.entry("invalid_encrypted_content", 400),
                    Map.entry("invalid_image", 400),
                    Map.entry("invalid_image_url", 400),
                    Map.entry("invalid_image_format", 400),
                    Map.entry("invalid_base64_image", 400),
                    Map.entry("image_too_large", 400),
                    Map.entry("image_parse_error", 400),
                    Map.entry("unsupported_image_media_type", 400),
                    Map.entry("authentication_error", 401),
                    Map.entry("authenticationerror", 401),
                    Map.entry("unauthenticated", 401),
                    Map.entry("invalid_api_key", 401),
                    Map.entry("billing_error", 402),
                    Map.entry("payment_required", 402),
                    Map.entry("permission_error", 403),
                    Map.entry("permission_denied", 403),
                    Map.entry("permissiondeniederror", 403),
                    Map.entry("accessdeniedexception", 403),
                    Map.entry("not_found_error", 404),
                    Map.entry("notfounderror", 404),
                    Map.entry("not_found", 404),
                    Map.entry("model_not_found", 404),
                    Map.entry("resourcenotfoundexception", 404),
                    Map.entry("modeltimeoutexception", 408),
                    Map.entry("conflict_error", 409),
                    Map.entry("aborted", 409),
                    Map.entry("request_too_large", 413),
                    Map.entry("modelerrorexception", 424),
                    Map.entry("modelstreamerrorexception", 424),
                    Map.entry("rate_limit_error", 429),
                    Map.entry("rate_limit_exceeded", 429),
                    Map.entry("ratelimiterror", 429),
                    Map.entry("resource_exhausted", 429),
                    Map.entry("throttlingexception", 429),
                    Map.entry("insufficient_quota", 429),
                    Map.entry("tokens", 429),
                    Map.entry("requests", 429),
                    Map.entry("api_error", 500),
                    Map.entry("server_error", 500),
                    Map.entry("internal", 500),
                    Map.entry("internalservererror", 500),
                    Map.entry("internalserverexception", 500),
                    Map.entry("provider_unavailable", 503),
                    Map.entry("unavailable", 503),
                    Map.entry("service_unavailable", 503),
                    Map.entry("serviceunavailableexception", 503),
                    Map.entry("engine_overloaded", 503),
                    Map.entry("timeout_error", 504),
                    Map.entry("deadline_exceeded", 504),
                    Map.entry("overloaded_error", 529));

    private ErrorClassifier() {}

    /**
     * What an error means.
     *
     * @param status the HTTP status, or anything below 400 for an error that came inside a stream
     * @param type the provider's error type, empty if it gave none
     * @param code the provider's code as text
     * @param param the parameter that the provider named
     * @param message the provider's words
     */
    public static ErrorClass classify(
            int status,
            String type,
            @Nullable String code,
            @Nullable String param,
            String message) {
        String said = said(type, code, message);
        int effective = status < 400 ? statusTwin(type, code, message) : status;
        if (says(LOADING, said)) {
            return ErrorClass.CONFLICT;
        }
        if (says(QUOTA, said) || says(OPENAI_QUOTA, said) && !type.equals("RESOURCE_EXHAUSTED")) {
            return ErrorClass.QUOTA;
        }
        if (effective == 429) {
            return ErrorClass.RATE_LIMIT;
        }
        ErrorClass spoken = effective < 500 || status < 400 ? byWords(param, said) : null;
        if (spoken != null) {
            return spoken;
        }
        return says(CONTEXT, said) ? ErrorClass.CONTEXT_LENGTH : byStatus(effective);
    }

    /**
     * The status that an error of a stream would have had as a response; 500 where nothing tells.
     */
    public static int statusTwin(String type, @Nullable String code, String message) {
        Integer told = numeric(code);
        if (told == null) {
            told = TWINS.get(type.toLowerCase(Locale.ROOT));
        }
        if (told == null && code != null) {
            told = TWINS.get(code.toLowerCase(Locale.ROOT));
        }
        return told != null ? told : twinByWords(said(type, code, message));
    }

    private static String said(String type, @Nullable String code, String message) {
        String said = type + ' ' + (code == null ? "" : code) + ' ' + message;
        return said.length() > LONGEST ? said.substring(0, LONGEST) : said;
    }

    private static int twinByWords(String said) {
        if (says(OVERLOAD, said)) {
            return 503;
        }
        if (says(RATE, said) || says(QUOTA, said) || says(OPENAI_QUOTA, said)) {
            return 429;
        }
        return says(CONTEXT, said) || says(POLICY, said) ? 400 : 500;
    }

    private static @Nullable ErrorClass byWords(@Nullable String param, String said) {
        if ("stream".equals(param)) {
            return ErrorClass.STREAM_REFUSED;
        }
        if (says(PREFILL, said)) {
            return ErrorClass.PREFILL_REFUSED;
        }
        if (says(REASONING, said)) {
            return ErrorClass.REASONING_REFUSED;
        }
        if (says(CONTEXT, said)) {
            return ErrorClass.CONTEXT_LENGTH;
        }
        if (says(POLICY, said)) {
            return ErrorClass.CONTENT_POLICY;
        }
        if (says(KEY, said)) {
            return ErrorClass.AUTHENTICATION;
        }
        if (says(NO_MODEL, said)) {
            return ErrorClass.NOT_FOUND;
        }
        if (says(NO_PREVIOUS, said)) {
            return ErrorClass.BAD_REQUEST;
        }
        return says(UNSUPPORTED, said) ? ErrorClass.UNSUPPORTED_PARAMETER : null;
    }

    private static ErrorClass byStatus(int status) {
        return switch (status) {
            case 401 -> ErrorClass.AUTHENTICATION;
            case 402 -> ErrorClass.QUOTA;
            case 403 -> ErrorClass.PERMISSION;
            case 404 -> ErrorClass.NOT_FOUND;
            case 408, 504, 524 -> ErrorClass.TIMEOUT;
            case 409, 425 -> ErrorClass.CONFLICT;
            case 413 -> ErrorClass.TOO_LARGE;
            case 429 -> ErrorClass.RATE_LIMIT;
            case 503, 529 -> ErrorClass.OVERLOADED;
            case 424 -> ErrorClass.SERVER_ERROR;
            default -> status < 500 ? ErrorClass.BAD_REQUEST : ErrorClass.SERVER_ERROR;
        };
    }

    private static @Nullable Integer numeric(@Nullable String code) {
        if (code == null || code.length() != 3) {
            return null;
        }
        for (int i = 0; i < 3; i++) {
            if (code.charAt(i) < '0' || code.charAt(i) > '9') {
                return null;
            }
        }
        int number = Integer.parseInt(code);
        return number >= 400 && number <= 599 ? number : null;
    }

    private static boolean says(Pattern words, String said) {
        return words.matcher(said).find();
    }

    private static Pattern words(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }
}
