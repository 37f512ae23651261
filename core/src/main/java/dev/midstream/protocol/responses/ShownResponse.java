package dev.midstream.protocol.responses;

import dev.midstream.json.Bytes;
import dev.midstream.json.JsonOut;
import dev.midstream.json.JsonSplice;
import dev.midstream.model.Json;
import dev.midstream.model.Seal;
import dev.midstream.protocol.InvalidRequest;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A provider's own {@code response} object as clients are shown it. Stateless. */
final class ShownResponse {

    private ShownResponse() {}

    /**
     * Names in each reasoning item of the output who can read it.
     *
     * @param seal gives the proof of origin for the provider's characters, null to leave them out
     */
    static void sealOutput(JsonSplice response, Function<String, @Nullable Seal> seal) {
        Json output = response.value("output");
        if (output == null || !output.text().contains("encrypted_content")) {
            return;
        }
        JsonOut out = new JsonOut(new Bytes(1024)).open('[');
        try {
            Fields.each("output", output, (at, item) -> out.raw(sealed(item, seal)));
        } catch (InvalidRequest notAnArray) {
            return;
        }
        response.set("output", out.close(']').bytes().toString());
    }

    private static String sealed(Json item, Function<String, @Nullable Seal> seal) {
        if (!item.text().startsWith("{")) {
            return item.text();
        }
        JsonSplice splice = JsonSplice.of(item.text().getBytes(StandardCharsets.UTF_8));
        String encrypted = Members.text(splice, "encrypted_content");
        if (encrypted.isEmpty()) {
            return item.text();
        }
        Seal proof = seal.apply(encrypted);
        if (proof == null) {
            splice.set("encrypted_content", "null");
        } else {
            splice.setString("encrypted_content", proof.written(""));
        }
        return new String(splice.bytes(), StandardCharsets.UTF_8);
    }
}
