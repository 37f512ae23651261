package dev.midstream.protocol;

import static dev.midstream.model.ErrorClass.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.ErrorClass;
import org.junit.jupiter.api.Test;

/**
 * The words are those that the providers' error references and their users' reports quote
 * (2026-11).
 */
class ErrorClassifierTest {

    @Test
    void wordsCountBeforeTheStatus() {
        says(400, "This model's maximum context length is 8192 tokens.", CONTEXT_LENGTH);
        says(400, "prompt is too long: 215000 tokens > 200000 maximum", CONTEXT_LENGTH);
        says(400, "The input token count exceeds the maximum number of tokens", CONTEXT_LENGTH);
        says(500, "the request exceeds the available context size", CONTEXT_LENGTH);
        says(400, "Your credit balance is too low to access the Anthropic API.", QUOTA);
        says(400, "API key not valid. Please pass a valid API key.", AUTHENTICATION);
        says(400, "Model Not Exist", NOT_FOUND);
        says(503, "Loading model", CONFLICT);
    }

    @Test
    void refusedPrefillsAreKnownInEverySpelling() {
        says(
                400,
                "This model does not support assistant message prefill. The conversation must end with a"
                        + " user message.",
                PREFILL_REFUSED);
        says(
                400,
                "Expected last role User or Tool (or Assistant with prefix True) for serving but got"
                        + " assistant",
                PREFILL_REFUSED);
        says(
                400,
                "messages: final assistant content cannot end with trailing whitespace",
                PREFILL_REFUSED);
        says(
                400,
                "Cannot have 2 or more assistant messages at the end of the list.",
                PREFILL_REFUSED);
        says(
                400,
                "Assistant response prefill is incompatible with enable_thinking.",
                PREFILL_REFUSED);
        says(400, "max_num_batched_tokens is too small for chunked prefill", BAD_REQUEST);
    }

    @Test
    void reasoningThatCannotBeTakenBackIsKnown() {
        typed(400, "invalid_request_error", "invalid_encrypted_content", REASONING_REFUSED);
        says(
                400,
                "Item 'rs_68af' of type 'reasoning' was provided without its required following"
                        + " item.",
                REASONING_REFUSED);
        says(
                400,
                "Item 'fc_68af' of type 'function_call' was provided without its required"
                        + " 'reasoning' item: 'rs_68ae'.",
                REASONING_REFUSED);
        says(
                404,
                "Item with id 'rs_68af' not found. Items are not persisted when `store` is set to"
                        + " false.",
                REASONING_REFUSED);
    }

    @Test
    void anUnknownPreviousResponseIsTheRequestsFault() {
        typed(400, "invalid_request_error", "previous_response_not_found", BAD_REQUEST);
        says(404, "Previous response with id 'resp_68af' not found.", BAD_REQUEST);
    }

    @Test
    void quotaIsNotRate() {
        typed(429, "insufficient_quota", "insufficient_quota", QUOTA);
        typed(429, "tokens", "rate_limit_exceeded", RATE_LIMIT);
        says(429, "You exceeded your current quota, please check your plan", QUOTA);
        assertThat(
                        ErrorClassifier.classify(
                                429,
                                "RESOURCE_EXHAUSTED",
                                "429",
                                null,
                                "You exceeded your current quota"))
                .isEqualTo(RATE_LIMIT);
        assertThat(
                        ErrorClassifier.classify(
                                429,
                                "RESOURCE_EXHAUSTED",
                                "429",
                                null,
                                "quotaId: GenerateRequestsPerDayPerProjectPerModel, quota per day"))
                .isEqualTo(QUOTA);
        says(402, "Insufficient Balance", QUOTA);
        says(429, "Too many tokens, please wait before trying again.", RATE_LIMIT);
    }

    @Test
    void policiesAreNeverMistakenForBadRequests() {
        typed(400, "", "content_filter", CONTENT_POLICY);
        typed(400, "invalid_request_error", "content_policy_violation", CONTENT_POLICY);
        typed(400, "invalid_request_error", "invalid_prompt", CONTENT_POLICY);
        says(400, "Content Exists Risk", CONTENT_POLICY);
        says(400, "... ResponsibleAIPolicyViolation", CONTENT_POLICY);
    }

    @Test
    void aRefusedStreamParameterIsToldFromOtherParameters() {
        assertThat(
                        ErrorClassifier.classify(
                                400,
                                "invalid_request_error",
                                "unsupported_value",
                                "stream",
                                "Your organization must be verified to stream this model."))
                .isEqualTo(STREAM_REFUSED);
        assertThat(
                        ErrorClassifier.classify(
                                400,
                                "invalid_request_error",
                                "unsupported_value",
                                "temperature",
                                "Unsupported value: 'temperature' does not support 0.2"))
                .isEqualTo(UNSUPPORTED_PARAMETER);
    }

    @Test
    void foreignSignaturesAreOurFault() {
        says(
                400,
                "messages.1.content.0: Invalid `signature` in `thinking` block",
                REASONING_REFUSED);
        typed(400, "invalid_request_error", "invalid_encrypted_content", REASONING_REFUSED);
    }

    @Test
    void withoutWordsTheStatusDecides() {
        says(401, "x", AUTHENTICATION);
        says(402, "x", QUOTA);
        says(403, "x", PERMISSION);
        says(404, "x", NOT_FOUND);
        says(408, "x", TIMEOUT);
        says(409, "x", CONFLICT);
        says(413, "x", TOO_LARGE);
        says(422, "x", BAD_REQUEST);
        says(424, "x", SERVER_ERROR);
        says(429, "x", RATE_LIMIT);
        says(500, "x", SERVER_ERROR);
        says(502, "x", SERVER_ERROR);
        says(503, "x", OVERLOADED);
        says(504, "x", TIMEOUT);
        says(524, "x", TIMEOUT);
        says(529, "x", OVERLOADED);
    }

    @Test
    void anErrorOfAStreamCountsAsItsHttpTwin() {
        assertThat(ErrorClassifier.statusTwin("overloaded_error", null, "Overloaded"))
                .isEqualTo(529);
        assertThat(ErrorClassifier.statusTwin("server_error", null, "x")).isEqualTo(500);
        assertThat(ErrorClassifier.statusTwin("BadRequestError", "400", "x")).isEqualTo(400);
        assertThat(ErrorClassifier.statusTwin("InternalServerError", "500", "x")).isEqualTo(500);
        assertThat(ErrorClassifier.statusTwin("UNAVAILABLE", "503", "x")).isEqualTo(503);
        assertThat(ErrorClassifier.statusTwin("", "502", "x")).isEqualTo(502);
        assertThat(ErrorClassifier.statusTwin("", null, "Rate limit reached")).isEqualTo(429);
        assertThat(ErrorClassifier.statusTwin("", null, "engine crashed")).isEqualTo(500);
        assertThat(ErrorClassifier.classify(0, "overloaded_error", null, null, "Overloaded"))
                .isEqualTo(OVERLOADED);
        assertThat(ErrorClassifier.classify(200, "", "429", null, "slow")).isEqualTo(RATE_LIMIT);
    }

    private static void says(int status, String message, ErrorClass expected) {
        assertThat(ErrorClassifier.classify(status, "", null, null, message))
                .as(message)
                .isEqualTo(expected);
    }

    private static void typed(int status, String type, String code, ErrorClass expected) {
        assertThat(ErrorClassifier.classify(status, type, code, null, "x"))
                .as(code)
                .isEqualTo(expected);
    }
}
