package dev.midstream.conformance;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.agent.tool.ToolSpecifications;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * LangChain4j: a model asked for a stream or a plain answer, and an AI service that runs a tool.
 */
final class LangChain4j implements Client {

    private static final List<ToolSpecification> TOOLS =
            ToolSpecifications.toolSpecificationsFrom(Log.class);

    private final LangChain4jModels models;

    LangChain4j(String url) {
        this.models = new LangChain4jModels(url);
    }

    /** What an application declares. */
    interface Scribe {
        TokenStream write(String wish);
    }

    /** A tool, as an application writes one. */
    private record Log(Seen seen) {

        @Tool(name = "append_line", value = "Appends a line.")
        String append(String line) {
            return seen.append(line);
        }
    }

    @Override
    public void run(Order order, Seen seen) throws Exception {
        switch (order.reading()) {
            case "stream" -> stream(models.streaming(order), order, seen);
            case "plain" -> plain(models.plain(order), order, seen);
            case "tools" -> tools(models.streaming(order), order, seen);
            default -> throw new IllegalArgumentException(order.way());
        }
    }

    private static void stream(StreamingChatModel model, Order order, Seen seen) throws Exception {
        Reader reader = new Reader(seen);
        model.chat(request(order), reader);
        reader.ended.get(Times.PATIENCE, TimeUnit.SECONDS);
    }

    private static void plain(ChatModel model, Order order, Seen seen) {
        ChatResponse response = model.chat(request(order));
        AiMessage message = response.aiMessage();
        seen.text(message.text());
        seen.thinking(message.thinking());
        calls(message).forEach(call -> seen.call(call.id(), call.name(), call.arguments()));
        finished(response, seen);
    }

    private static ChatRequest request(Order order) {
        return ChatRequest.builder()
                .messages(UserMessage.from(order.say()))
                .toolSpecifications(order.tool() ? TOOLS : List.of())
                .build();
    }

    private static void tools(StreamingChatModel model, Order order, Seen seen) throws Exception {
        Scribe scribe =
                AiServices.builder(Scribe.class)
                        .streamingChatModel(model)
                        .chatMemory(MessageWindowChatMemory.withMaxMessages(20))
                        .tools(new Log(seen))
                        .build();
        CompletableFuture<ChatResponse> ended = new CompletableFuture<>();
        scribe.write(order.say())
                .onPartialResponse(seen::text)
                .onPartialThinking(piece -> seen.thinking(piece.text()))
                .onCompleteResponse(ended::complete)
                .onError(ended::completeExceptionally)
                .start();
        finished(ended.get(Times.PATIENCE, TimeUnit.SECONDS), seen);
    }

    private static List<ToolExecutionRequest> calls(AiMessage message) {
        return message.hasToolExecutionRequests() ? message.toolExecutionRequests() : List.of();
    }

    private static void finished(ChatResponse response, Seen seen) {
        seen.id(response.id());
        seen.finish(response.finishReason());
        seen.usage.add(
                response.tokenUsage() == null ? -1 : response.tokenUsage().outputTokenCount());
    }

    /** Writes down every callback, and holds the final response against them. */
    private static final class Reader implements StreamingChatResponseHandler {

        private final Seen seen;
        private final List<ToolExecutionRequest> calls = new ArrayList<>();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();

        Reader(Seen seen) {
            this.seen = seen;
        }

        @Override
        public void onPartialResponse(String piece) {
            late();
            seen.text(piece);
        }

        @Override
        public void onPartialThinking(PartialThinking piece) {
            late();
            seen.thinking(piece.text());
        }

        @Override
        public void onCompleteToolCall(CompleteToolCall whole) {
            late();
            ToolExecutionRequest call = whole.toolExecutionRequest();
            calls.add(call);
            seen.call(call.id(), call.name(), call.arguments());
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            late();
            AiMessage message = response.aiMessage();
            String text = message.text() == null ? "" : message.text();
            seen.odd(!text.equals(seen.text), "the complete response has another text: " + text);
            seen.odd(!calls(message).equals(calls), "the complete response has other calls");
            finished(response, seen);
            ended.complete(null);
        }

        @Override
        public void onError(Throwable error) {
            late();
            ended.completeExceptionally(error);
        }

        private void late() {
            seen.odd(ended.isDone(), "a callback behind the last one");
        }
    }
}
