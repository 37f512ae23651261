package dev.midstream.conformance;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;

import java.time.Duration;
import java.util.Map;

/**
 * Spring AI without Spring Boot: a chat model asked for a stream or a plain answer, and a chat
 * client that runs a tool.
 */
final class Spring implements Client {

    private static final String KEY = "none";
    private static final int BUDGET = 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(Times.PATIENCE);

    private final Map<String, ChatModel> models;

    Spring(String url) {
        OpenAiChatOptions chat =
                OpenAiChatOptions.builder()
                        .baseUrl(url + "/v1")
                        .apiKey(KEY)
                        .maxRetries(0)
                        .timeout(Times.TIMEOUT)
                        .build();
        AnthropicChatOptions messages =
                AnthropicChatOptions.builder()
                        .baseUrl(url)
                        .apiKey(KEY)
                        .maxRetries(0)
                        .timeout(Times.TIMEOUT)
                        .build();
        this.models =
                Map.of(
                        "chat", OpenAiChatModel.builder().options(chat).build(),
                        "messages", AnthropicChatModel.builder().options(messages).build());
    }

    /** What the tool is called with. */
    record Line(String line) {}

    @Override
    public void run(Order order, Seen seen) {
        ChatModel model = models.get(order.protocol());
        Prompt prompt = new Prompt(order.say(), options(order, seen).build());
        switch (order.reading()) {
            case "stream" ->
                    model.stream(prompt).doOnNext(piece -> read(piece, seen)).blockLast(PATIENCE);
            case "plain" -> read(model.call(prompt), seen);
            case "tools" -> tools(model, order, seen);
            default -> throw new IllegalArgumentException(order.way());
        }
    }

    private static void tools(ChatModel model, Order order, Seen seen) {
        ChatClient.create(model).prompt().user(order.say()).options(options(order, seen)).stream()
                .content()
                .doOnNext(seen::text)
                .blockLast(PATIENCE);
    }

    private static ToolCallingChatOptions.Builder<?> options(Order order, Seen seen) {
        ToolCallingChatOptions.Builder<?> options =
                order.protocol().equals("chat") ? chat(order) : messages(order);
        options.model(order.model());
        return order.tool() ? options.toolCallbacks(tool(seen)) : options;
    }

    private static ToolCallingChatOptions.Builder<?> chat(Order order) {
        var options = OpenAiChatOptions.builder().streamUsage(true);
        return order.think() ? options.reasoningEffort("low") : options;
    }

    private static ToolCallingChatOptions.Builder<?> messages(Order order) {
        var options = AnthropicChatOptions.builder().maxTokens(4 * BUDGET);
        return order.think() ? options.thinkingEnabled(BUDGET) : options;
    }

    private static ToolCallback tool(Seen seen) {
        return FunctionToolCallback.builder(
                        "append_line", (Line input) -> seen.append(input.line()))
                .description("Appends a line.")
                .inputType(Line.class)
                .build();
    }

    private static void read(ChatResponse piece, Seen seen) {
        seen.id(piece.getMetadata().getId());
        for (Generation generation : piece.getResults()) {
            AssistantMessage message = generation.getOutput();
            if (thinks(message)) {
                seen.thinking(message.getText());
            } else {
                seen.text(message.getText());
            }
            message.getToolCalls()
                    .forEach(call -> seen.call(call.id(), call.name(), call.arguments()));
        }
        piece.getResults().stream()
                .map(generation -> generation.getMetadata().getFinishReason())
                .filter(reason -> reason != null && !reason.isEmpty())
                .distinct()
                .forEach(seen::finish);
    }

    /**
     * Anthropic's thinking comes as a message of its own: marked in a stream, signed in a plain
     * answer.
     */
    private static boolean thinks(AssistantMessage message) {
        Map<String, Object> about = message.getMetadata();
        return about.containsKey("thinking") || about.containsKey("signature");
    }
}
