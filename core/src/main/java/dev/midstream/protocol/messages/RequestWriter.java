package dev.midstream.protocol.messages;

import dev.midstream.model.Draft;
import dev.midstream.model.Json;
import dev.midstream.model.Part;
import dev.midstream.model.ResponseFormat;
import dev.midstream.model.Sampling;
import dev.midstream.model.Target;
import dev.midstream.protocol.Untranslatable;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes the body of one request.
 *
 * <p>What the API cannot do is decided here: see {@link Limits}. Some wishes give way without an
 * error, because failing would serve nobody: sampling beside thinking, top_p of 1, a user's id that
 * the API would refuse (e-mail addresses, phone numbers, more than 256 characters), {@code strict}
 * of functions.
 *
 * <p>JSON mode ({@code json_object}) has no form here; it becomes a sentence in the system text,
 * which is no less than what it promises: whoever asks for it has to ask for JSON in words besides.
 * A schema is sent as such to models from 4.5 on, fitted by {@link SchemaSubset}; where that cannot
 * be, and beside a prefill, it becomes a sentence too, unless it is strict and may not be dropped.
 *
 * <p>Not thread-safe, for one request.
 */
final class RequestWriter {

    /** The version of the API that Vertex AI serves. */
    static final String ON_VERTEX = "vertex-2023-10-16";

    private static final String JSON_ONLY =
            " and with nothing else: no explanation, no code fence.";
    private static final Pattern CONTACT = Pattern.compile(".*@.*\\..*|\\+?[\\d\\s().-]{7,20}");
    private static final int LONGEST_USER = 256;

    private final Draft draft;
    private final Target target;
    private final Limits limits;
    private final Wishes wishes;
    private final ClaudeModel model;
    private final Conversation conversation;
    private final ToolWriter tools;
    private final Thinking thinking;
    private final @Nullable Integer maxTokens;
    private final StringWriter text = new StringWriter();
    private final JsonGenerator json = JsonText.generator(text);
    private final Set<String> written = new HashSet<>();

    RequestWriter(Draft draft, Target target) throws Untranslatable {
        this.draft = draft;
        this.target = target;
        limits = new Limits(target);
        wishes = new Wishes(draft, target, limits);
        model = ClaudeModel.of(target.model());
        conversation = Conversation.of(draft, limits);
        tools = new ToolWriter(wishes, conversation.calledTools());
        maxTokens = wishes.maxTokens();
        thinking = thinking();
    }

    byte[] write() throws Untranslatable {
        Map<String, Json> carried = FurtherMembers.carried(wishes);
        Map<String, Json> standard = FurtherMembers.standard(wishes);
        refuseOtherSampling();
        String schema = schema();
        json.writeStartObject();
        head();
        conversation(schema == null);
        tools.write(json, written);
        outputConfig(schema);
        thinking.write(json, model);
        sampling();
        stop();
        metadata();
        raw(carried);
        raw(standard);
        json.writeEndObject();
        json.close();
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private Thinking thinking() throws Untranslatable {
        var asked = wishes.reasoning();
        if (asked != null && asked.asked() && !model.thinks()) {
            limits.drop("reasoning_effort", "the model does not reason");
        }
        boolean off =
                draft.withoutReasoning()
                        || asked != null
                                && asked.asked()
                                && (conversation.prefilled()
                                        || tools.forced()
                                        || !model.thinksAdaptively()
                                                && conversation.callsWithoutReasoning());
        return Thinking.of(asked, model, off, maxTokens);
    }

    private void head() {
        if (target.provider().startsWith("vertex_ai")) {
            string("anthropic_version", ON_VERTEX);
            written.add("model");
        } else {
            string("model", target.model());
        }
        int limit = maxTokens != null ? maxTokens : model.defaultMaxTokens() + thinking.budget();
        json.writeNumberProperty("max_tokens", limit);
        json.writeBooleanProperty("stream", draft.stream());
        written.addAll(List.of("max_tokens", "stream"));
    }

    private void conversation(boolean formatInWords) throws Untranslatable {
        List<Part.Text> system = new ArrayList<>(conversation.system());
        if (formatInWords) {
            formatInWords(system);
        }
        PartWriter parts = new PartWriter(json);
        if (!system.isEmpty()) {
            parts.content("system", system);
        }
        json.writeArrayPropertyStart("messages");
        conversation.turns().forEach(parts::turn);
        json.writeEndArray();
        written.addAll(List.of("system", "messages"));
    }

    private void formatInWords(List<Part.Text> system) throws Untranslatable {
        switch (wishes.format()) {
            case ResponseFormat.Text text -> {}
            case ResponseFormat.JsonObject object ->
                    system.add(new Part.Text("Answer with one JSON object" + JSON_ONLY));
            case ResponseFormat.JsonSchema schema -> {
                if (Boolean.TRUE.equals(schema.strict()) && !conversation.prefilled()) {
                    limits.drop("response_format", "the model cannot be held to this schema");
                }
                String words = "Answer with one JSON value that is valid against this JSON schema";
                system.add(new Part.Text(words + JSON_ONLY + "\n" + schema.schema().text()));
            }
        }
    }

    private @Nullable String schema() {
        return wishes.format() instanceof ResponseFormat.JsonSchema schema
                        && model.takesSchema()
                        && !conversation.prefilled()
                ? SchemaSubset.fit(schema.schema().text())
                : null;
    }

    private void outputConfig(@Nullable String schema) {
        String effort = thinking.effort();
        if (schema == null && effort == null) {
            return;
        }
        json.writeObjectPropertyStart("output_config");
        written.add("output_config");
        if (effort != null) {
            json.writeStringProperty("effort", effort);
        }
        if (schema != null) {
            json.writeObjectPropertyStart("format");
            json.writeStringProperty("type", "json_schema");
            json.writeName("schema");
            json.writeRawValue(schema);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void sampling() throws Untranslatable {
        Double temperature = thinking.on() ? null : temperature();
        if (temperature != null) {
            json.writeNumberProperty("temperature", temperature);
        }
        Double topP = topP(temperature != null);
        if (topP != null) {
            json.writeNumberProperty("top_p", topP);
        }
        Integer topK = thinking.on() ? null : wishes.topK();
        if (topK != null && model.takesSampling()) {
            json.writeNumberProperty("top_k", topK);
        } else if (topK != null) {
            limits.drop("top_k", "the model takes no sampling parameters");
        }
    }

    private @Nullable Double temperature() throws Untranslatable {
        Double temperature = wishes.temperature();
        if (temperature == null || model.takesSampling() && temperature <= 1) {
            return temperature;
        }
        if (!model.takesSampling()) {
            if (temperature != 1) {
                limits.drop("temperature", "the model takes no sampling parameters");
            }
            return null;
        }
        limits.drop("temperature", "it is at most 1");
        return 1.0;
    }

    private @Nullable Double topP(boolean besideTemperature) throws Untranslatable {
        Double topP = wishes.topP();
        if (topP == null || topP == 1 || thinking.on() && topP < 0.95) {
            return null;
        }
        if (!model.takesSampling()) {
            limits.drop("top_p", "the model takes no sampling parameters");
            return null;
        }
        if (besideTemperature && !model.takesTemperatureWithTopP()) {
            limits.drop("top_p", "the model takes either temperature or top_p");
            return null;
        }
        return topP;
    }

    private void refuseOtherSampling() throws Untranslatable {
        Sampling sampling = draft.request().sampling();
        refuseUnlessZero("frequency_penalty", sampling.frequencyPenalty());
        refuseUnlessZero("presence_penalty", sampling.presencePenalty());
        if (sampling.seed() != null && wishes.sends("seed")) {
            limits.drop("seed", "the Messages API has nothing like it");
        }
        if (draft.request().choices() > 1 && !draft.singleChoice() && wishes.sends("n")) {
            limits.drop("n", "the Messages API gives one answer a request");
        }
    }

    private void refuseUnlessZero(String param, @Nullable Double value) throws Untranslatable {
        if (value != null && value != 0 && wishes.sends(param)) {
            limits.drop(param, "the Messages API has nothing like it");
        }
    }

    private void stop() {
        List<String> stop = wishes.stop();
        if (!stop.isEmpty()) {
            json.writeArrayPropertyStart("stop_sequences");
            stop.forEach(json::writeString);
            json.writeEndArray();
            written.add("stop_sequences");
        }
    }

    private void metadata() {
        String user = wishes.user();
        if (user == null
                || user.isEmpty()
                || user.length() > LONGEST_USER
                || CONTACT.matcher(user).matches()) {
            return;
        }
        json.writeObjectPropertyStart("metadata");
        json.writeStringProperty("user_id", user);
        json.writeEndObject();
        written.add("metadata");
    }

    private void string(String name, String value) {
        json.writeStringProperty(name, value);
        written.add(name);
    }

    private void raw(Map<String, Json> members) {
        for (Map.Entry<String, Json> member : members.entrySet()) {
            if (written.add(member.getKey())) {
                json.writeName(member.getKey());
                json.writeRawValue(member.getValue().text());
            }
        }
    }
}
