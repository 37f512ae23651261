package dev.midstream.conformance;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiResponsesChatModel;
import dev.langchain4j.model.openai.OpenAiResponsesStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;

/**
 * LangChain4j's models of the three protocols, pointed at the gateway as an application would; none
 * asks again by itself.
 */
final class LangChain4jModels {

    private static final String KEY = "none";
    private static final int BUDGET = 1024;

    private final String url;

    LangChain4jModels(String url) {
        this.url = url + "/v1";
    }

    StreamingChatModel streaming(Order order) {
        return switch (order.protocol()) {
            case "chat" -> chatStreaming(order);
            case "messages" -> messagesStreaming(order);
            case "responses" -> responsesStreaming(order);
            default -> throw new IllegalArgumentException(order.way());
        };
    }

    ChatModel plain(Order order) {
        return switch (order.protocol()) {
            case "chat" -> chat(order);
            case "messages" -> messages(order);
            case "responses" -> responses(order);
            default -> throw new IllegalArgumentException(order.way());
        };
    }

    private StreamingChatModel chatStreaming(Order order) {
        return OpenAiStreamingChatModel.builder()
                .baseUrl(url)
                .apiKey(KEY)
                .modelName(order.model())
                .timeout(Times.TIMEOUT)
                .reasoningEffort(order.think() ? "low" : null)
                .returnThinking(true)
                .build();
    }

    private ChatModel chat(Order order) {
        return OpenAiChatModel.builder()
                .baseUrl(url)
                .apiKey(KEY)
                .modelName(order.model())
                .timeout(Times.TIMEOUT)
                .maxRetries(0)
                .reasoningEffort(order.think() ? "low" : null)
                .returnThinking(true)
                .build();
    }

    private StreamingChatModel messagesStreaming(Order order) {
        return AnthropicStreamingChatModel.builder()
                .baseUrl(url)
                .apiKey(KEY)
                .modelName(order.model())
                .timeout(Times.TIMEOUT)
                .maxTokens(4 * BUDGET)
                .thinkingType(order.think() ? "enabled" : null)
                .thinkingBudgetTokens(order.think() ? BUDGET : null)
                .returnThinking(true)
                .sendThinking(true)
                .build();
    }

    private ChatModel messages(Order order) {
        return AnthropicChatModel.builder()
                .baseUrl(url)
                .apiKey(KEY)
                .modelName(order.model())
                .timeout(Times.TIMEOUT)
                .maxRetries(0)
                .maxTokens(4 * BUDGET)
                .thinkingType(order.think() ? "enabled" : null)
                .thinkingBudgetTokens(order.think() ? BUDGET : null)
                .returnThinking(true)
                .sendThinking(true)
                .build();
    }

    private StreamingChatModel responsesStreaming(Order order) {
        return OpenAiResponsesStreamingChatModel.builder()
                .baseUrl(url)
                .apiKey(KEY)
                .modelName(order.model())
                .reasoningEffort(order.think() ? "low" : null)
                .reasoningSummary(order.think() ? "auto" : null)
                .build();
    }

    private ChatModel responses(Order order) {
        return OpenAiResponsesChatModel.builder()
                .baseUrl(url)
                .apiKey(KEY)
                .modelName(order.model())
                .reasoningEffort(order.think() ? "low" : null)
                .reasoningSummary(order.think() ? "auto" : null)
                .build();
    }
}
