package dev.midstream.protocol.embeddings;

import dev.midstream.model.Json;
import dev.midstream.model.Message;
import dev.midstream.model.Request;
import dev.midstream.model.ResponseFormat;
import dev.midstream.model.RouterMembers;
import dev.midstream.model.Sampling;
import dev.midstream.protocol.BodyReader;
import dev.midstream.protocol.InvalidRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Reads a request for embeddings: each text of {@code input} becomes a user's message. */
final class EmbeddingsRequestReader {

    private final byte[] body;
    private final BodyReader in;
    private final Map<String, Json> further = new LinkedHashMap<>();
    private final List<Message> texts = new ArrayList<>();
    private boolean input;
    private @Nullable String model;
    private @Nullable String user;

    private EmbeddingsRequestReader(byte[] body, BodyReader in) {
        this.body = body;
        this.in = in;
    }

    static Request read(byte[] body) throws InvalidRequest {
        BodyReader.requireUtf8(body);
        try (BodyReader in = new BodyReader(body)) {
            return new EmbeddingsRequestReader(body, in).request();
        } catch (JacksonException e) {
            throw BodyReader.notJson(e);
        }
    }

    private Request request() throws InvalidRequest {
        in.body(this::member);
        if (model == null || model.isBlank()) {
            throw BodyReader.invalid("model", "Expected the name of a model");
        }
        if (!input) {
            throw BodyReader.invalid("input", "Expected a text, or an array of at least one");
        }
        return new Request(
                EmbeddingsProtocol.NAME,
                model,
                false,
                false,
                texts,
                List.of(),
                null,
                null,
                null,
                List.of(),
                1,
                new Sampling(null, null, null, null, null, null),
                new ResponseFormat.Text(),
                null,
                user,
                further,
                Map.of(),
                null,
                body);
    }

    private void member(String name) throws InvalidRequest {
        if (RouterMembers.REFUSED.contains(name)) {
            throw BodyReader.invalid(
                    name, "Where a request goes is configured, and not taken from its body");
        }
        switch (name) {
            case "model" -> model = in.string(name);
            case "user" -> user = in.optionalString(name);
            case "input" -> input(name);
            default -> {
                Json value = in.raw();
                if (!value.text().equals("null")) {
                    further.put(name, value);
                }
            }
        }
    }

    /** A text, texts, or tokens in their place. */
    private void input(String path) throws InvalidRequest {
        if (in.isArray()) {
            in.array(path, this::element);
        } else {
            text(in.string(path));
        }
    }

    private void element(String path) throws InvalidRequest {
        if (in.isString()) {
            text(in.string(path));
        } else if (in.isArray() || in.kind().isNumeric()) {
            input = true;
            in.skip();
        } else {
            throw in.expected(path, "a text or an array of tokens");
        }
    }

    private void text(String text) {
        input = true;
        texts.add(Message.of(Message.Role.USER, text));
    }
}
