package dev.midstream.conformance;

import com.anthropic.errors.AnthropicServiceException;
import com.openai.errors.OpenAIServiceException;

import dev.langchain4j.exception.HttpException;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an error says: its class, its words, and the HTTP status where its chain of causes has one.
 */
final class Failures {

    private Failures() {}

    static Map<String, Object> described(Throwable raised) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("class", raised.getClass().getSimpleName());
        out.put("status", null);
        StringBuilder message = new StringBuilder();
        for (Throwable at = raised; at != null; at = at.getCause()) {
            Integer status = status(at);
            if (status != null) {
                out.put("status", status);
            }
            message.append(message.isEmpty() ? "" : " <- ").append(at);
        }
        out.put("message", message.toString());
        return out;
    }

    private static Integer status(Throwable raised) {
        return switch (raised) {
            case HttpException e -> e.statusCode();
            case OpenAIServiceException e -> e.statusCode();
            case AnthropicServiceException e -> e.statusCode();
            default -> null;
        };
    }
}
