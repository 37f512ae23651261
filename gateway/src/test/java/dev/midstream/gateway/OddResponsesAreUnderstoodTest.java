package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.ChatStreamGrammar;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What proxies between us and a provider do to responses.
 *
 * <p><b>Source</b>: RFC 9110: interim responses (15.2), content codings (8.4.1), redirects (15.4).
 */
class OddResponsesAreUnderstoodTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String STREAM =
            "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":"
                    + "[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"whole\"},"
                    + "\"finish_reason\":null}]}\n\n"
                    + "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":"
                    + "[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n";

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void aCompressedStreamIsRead(String coding) throws IOException {
        try (Rig rig = new Rig(TransportKind.AUTO)) {
            byte[] body = packed(coding, STREAM.getBytes(StandardCharsets.UTF_8));
            SseClient client = answered(rig, OK + "content-encoding: " + coding + "\r\n", body);
            assertThat(client.awaitEnd()).isEqualTo(SseClient.End.CLEAN);
            assertThat(ChatStreamGrammar.check(client.body()).text()).isEqualTo("whole");
            assertThat(rig.fallback.nextExchange().request().headers().first("accept-encoding"))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void aCompressedErrorKeepsItsWords(String coding) throws IOException {
        try (Rig rig = new Rig(TransportKind.AUTO)) {
            String error =
                    "{\"error\":{\"message\":\"zipped words\",\"type\":\"t\",\"code\":\"c\"}}";
            String head = "HTTP/1.1 429 X\r\ncontent-type: application/json\r\ncontent-encoding: ";
            byte[] body = packed(coding, error.getBytes(StandardCharsets.UTF_8));
            assertThat(error(answered(rig, head + coding + "\r\n", body), 429))
                    .contains("zipped words");
        }
    }

    /** 256 MB in 256 KB, read in pieces of 64 KB at most: no piece may be decoded whole. */
    @Test
    void aBombIsGivenUp() throws IOException {
        try (Rig rig = new Rig(TransportKind.AUTO)) {
            byte[] bomb = packed("gzip", new byte[256 << 20]);
            error(answered(rig, OK + "content-encoding: gzip\r\n", bomb), 502);
        }
    }

    @Test
    void anUnknownCodingIsNamed() {
        try (Rig rig = new Rig(TransportKind.AUTO)) {
            byte[] body = STREAM.getBytes(StandardCharsets.UTF_8);
            assertThat(error(answered(rig, OK + "content-encoding: exi\r\n", body), 502))
                    .contains("exi");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void interimResponsesAreSkipped(TransportKind kind) {
        try (Rig rig = new Rig(kind)) {
            String interim =
                    """
                    HTTP/1.1 100 Continue\r
                    \r
                    HTTP/1.1 103 Early Hints\r
                    link: </x>\r
                    \r
                    HTTP/1.1 102 Processing\r
                    \r
                    HTTP/1.1 199 X\r
                    \r
                    """;
            byte[] body = STREAM.getBytes(StandardCharsets.UTF_8);
            SseClient client = answered(rig, interim + OK, body);
            assertThat(client.awaitEnd()).isEqualTo(SseClient.End.CLEAN);
            assertThat(ChatStreamGrammar.check(client.body()).text()).isEqualTo("whole");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "301,502,api_base",
        "302,502,api_base",
        "307,502,api_base",
        "308,502,api_base",
        "304,502,304",
        "201,502,expected 200",
        "204,502,expected 200",
        "999,502,999",
        "101,502,101",
        "42,502,42",
        "404,404,404",
        "503,503,503"
    })
    void aStatusWithoutReasonsIsTold(int status, int told, String words) {
        try (Rig rig = new Rig(TransportKind.AUTO)) {
            String head =
                    "HTTP/1.1 %03d X\r\nlocation: https://inner.example/login?key=sk-inner\r\n"
                            .formatted(status);
            assertThat(error(answered(rig, head, new byte[0]), told))
                    .contains(words, Integer.toString(status))
                    .doesNotContain("inner", "no reason\"");
        }
    }

    private static SseClient answered(Rig rig, String head, byte[] body) {
        rig.fallback.enqueue(
                Answer.of(
                        new Step.RawHead(head + "content-length: " + body.length + "\r\n\r\n"),
                        new Step.Raw(body),
                        new Step.Close()));
        return rig.keep(
                SseClient.to(rig.chat())
                        .header("x-litellm-num-retries", "0")
                        .post(Rig.request("fallback", true)));
    }

    private static String error(SseClient client, int status) {
        assertThat(client.awaitHead().status()).isEqualTo(status);
        client.awaitEnd();
        JsonNode body = JSON.readTree(client.body());
        return body.path("error").path("message").asString();
    }

    private static byte[] packed(String coding, byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out =
                coding.equals("gzip")
                        ? new GZIPOutputStream(packed)
                        : new DeflaterOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }
}
