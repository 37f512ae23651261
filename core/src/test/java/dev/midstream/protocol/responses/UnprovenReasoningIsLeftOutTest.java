package dev.midstream.protocol.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Draft;
import dev.midstream.model.Target;
import dev.midstream.protocol.InvalidRequest;
import dev.midstream.protocol.Untranslatable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reasoning that a break left without a proof of origin does not go upstream.
 *
 * <p><b>Source</b>: what Codex 0.169.0 was recorded to send back, which is the item without its
 * status.
 */
class UnprovenReasoningIsLeftOutTest {

    private static final String LEFT =
            "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"so\"}],"
                    + "\"content\":null,\"encrypted_content\":null}";

    @ParameterizedTest
    @ValueSource(strings = {"openai", "azure"})
    void whereNothingIsKeptItsIdMeansNothing(String provider) throws Exception {
        assertThat(written(provider, "\"store\":false,")).doesNotContain("rs_1").contains("and on");
    }

    @Test
    void whereItemsAreKeptItsIdMayDo() throws Exception {
        assertThat(written("openai", "")).contains(LEFT);
        assertThat(written("openai", "\"store\":true,")).contains(LEFT);
    }

    @Test
    void whereNobodySealsReasoningItGoesAsItIs() throws Exception {
        assertThat(written("hosted_vllm", "\"store\":false,")).contains(LEFT);
    }

    private static String written(String provider, String store)
            throws InvalidRequest, Untranslatable {
        String body =
                "{\"model\":\"m\","
                        + store
                        + "\"stream\":true,\"input\":[{\"role\":\"user\",\"content\":\"go\"},"
                        + LEFT
                        + ",{\"role\":\"user\",\"content\":\"and on\"}]}";
        ResponsesProtocol protocol = new ResponsesProtocol();
        Target target =
                new Target(
                        "t",
                        "g",
                        provider,
                        "gpt-6-sol",
                        protocol.name(),
                        "origin",
                        Map.of(),
                        false,
                        List.of(),
                        List.of());
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new String(
                protocol.encode(Draft.original(protocol.parse(bytes), true), target),
                StandardCharsets.UTF_8);
    }
}
