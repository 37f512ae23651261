package dev.midstream.admission;

import dev.midstream.json.JsonSplice;
import dev.midstream.model.Json;
import dev.midstream.model.Request;
import dev.midstream.protocol.InvalidRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The tags by which a request asks for deployments, from all the places where LiteLLM takes them:
 * the members {@code tags}, {@code metadata.tags} and {@code litellm_metadata.tags}, and the header
 * {@code x-litellm-tags}, separated by commas.
 */
final class RequestTags {

    private static final String TAGS = "tags";
    private static final String HEADER = "x-litellm-tags";
    private static final int MOST = 64;
    private static final int LONGEST = 256;
    private static final JsonFactory FACTORY = new JsonFactory();

    private RequestTags() {}

    /**
     * @throws InvalidRequest if {@code tags} is no list of texts, or there are too many
     */
    static Set<String> of(Request request, Function<String, @Nullable String> header)
            throws InvalidRequest {
        Set<String> tags = new LinkedHashSet<>();
        Json member = request.further().get(TAGS);
        if (member != null) {
            List<String> listed = texts(member);
            if (listed == null) {
                throw FallbackMember.wrong(TAGS, "expected a list of texts");
            }
            tags.addAll(listed);
        }
        within(metadata(request), tags);
        within(request.further().get("litellm_metadata"), tags);
        String listed = header.apply(HEADER);
        if (listed != null) {
            List.of(listed.split(",", -1)).forEach(tag -> tags.add(tag.strip()));
        }
        tags.remove("");
        return bounded(tags);
    }

    private static Set<String> bounded(Set<String> tags) throws InvalidRequest {
        if (tags.size() > MOST || tags.stream().anyMatch(tag -> tag.length() > LONGEST)) {
            throw FallbackMember.wrong(
                    TAGS,
                    "expected at most " + MOST + " tags of at most " + LONGEST + " characters");
        }
        return tags;
    }

    /** Some protocols give metadata a meaning of their own and do not carry it on. */
    private static @Nullable Json metadata(Request request) {
        Json further = request.further().get("metadata");
        return further != null ? further : JsonSplice.of(request.body()).value("metadata");
    }

    /** What is no list of texts there means something else. */
    private static void within(@Nullable Json metadata, Set<String> tags) {
        if (metadata != null && metadata.text().startsWith("{")) {
            Json list = JsonSplice.of(metadata.text().getBytes(StandardCharsets.UTF_8)).value(TAGS);
            List<String> texts = list == null ? null : texts(list);
            if (texts != null) {
                tags.addAll(texts);
            }
        }
    }

    private static @Nullable List<String> texts(Json list) {
        List<String> texts = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), list.text())) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return null;
            }
            while (parser.nextToken() == JsonToken.VALUE_STRING) {
                texts.add(parser.getString().strip());
            }
            return parser.currentToken() == JsonToken.END_ARRAY ? texts : null;
        }
    }
}
