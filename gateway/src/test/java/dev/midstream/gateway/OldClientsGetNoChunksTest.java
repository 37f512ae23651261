package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.ChatStreamGrammar;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * HTTP/1.0 knows no chunks (RFC 9112, 6.1): the end of the connection ends the answer. nginx speaks
 * it to its upstreams unless it is told otherwise.
 */
@Timeout(20)
class OldClientsGetNoChunksTest {

    private static final String BODY =
            "{\"model\":\"primary\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Go on.\"}]}";

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void andTheirStreamsEndWithTheConnection(TransportKind transport) throws Exception {
        try (Rig rig = new Rig(transport)) {
            rig.primary.answering(Answer.text("One two three"));
            String answer = askedByHttp10(rig);
            int head = answer.indexOf("\r\n\r\n");
            assertThat(answer.substring(0, head).toLowerCase(Locale.ROOT))
                    .contains(" 200 ", "\r\nconnection: close")
                    .doesNotContain("transfer-encoding");
            assertThat(ChatStreamGrammar.check(answer.substring(head + 4)).text())
                    .isEqualTo("One two three");
        }
    }

    private static String askedByHttp10(Rig rig) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), rig.gateway.baseUrl().getPort())) {
            String request =
                    "POST /v1/chat/completions HTTP/1.0\r\ncontent-length: "
                            + BODY.length()
                            + "\r\n\r\n"
                            + BODY;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
