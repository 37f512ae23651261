package dev.midstream.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.model.Request;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestsThatCannotBeServedTest {

    private static final Request UNKNOWN = Request.to("chap").user("Hello").build();

    @Test
    void anUnknownModelIsRefusedByTheMethodThatWasCalled() {
        try (Bench bench = Bench.chat()) {
            Stream.<ThrowingCallable>of(
                            () -> bench.router.stream(UNKNOWN),
                            () -> bench.router.streamAsync(UNKNOWN),
                            () -> bench.router.complete(UNKNOWN),
                            () -> bench.router.completeAsync(UNKNOWN))
                    .forEach(
                            call ->
                                    assertThatThrownBy(call)
                                            .isInstanceOfSatisfying(
                                                    InvalidRequestException.class,
                                                    e -> assertThat(e.status()).isEqualTo(404))
                                            .hasMessageContaining("did you mean chat?"));
            nothingWasSent(bench);
        }
    }

    @Test
    void aBodyThatIsNoRequestIsRefused() {
        try (Bench bench = Bench.chat()) {
            for (String body : List.of("", "[]", "{", "null", "{\"model\":\"chat\"}")) {
                assertThatThrownBy(() -> bench.router.chat().stream(body))
                        .as(body)
                        .isInstanceOf(InvalidRequestException.class);
                assertThatThrownBy(() -> bench.router.messages().complete(body))
                        .as(body)
                        .isInstanceOf(InvalidRequestException.class);
                assertThatThrownBy(() -> bench.router.responses().complete(body))
                        .as(body)
                        .isInstanceOf(InvalidRequestException.class);
            }
            nothingWasSent(bench);
        }
    }

    @Test
    void anEmptyConversationIsRefused() {
        try (Bench bench = Bench.chat()) {
            Request empty = Request.to("chat").user("x").build().with(List.of());
            assertThatThrownBy(() -> bench.router.stream(empty))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("messages");
            nothingWasSent(bench);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "chat|{\"model\":\"chat\",\"messages\":[]}",
                "chat|{\"model\":\"chat\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"max_tokens\":0}",
                "chat|{\"model\":\"chat\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"temperature\":99}",
                "chat|{\"model\":\"chat\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"top_p\":-1}",
                "chat|{\"model\":\"chat\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"n\":0}",
                "messages|{\"model\":\"chat\",\"max_tokens\":9,\"messages\":[]}",
                "messages|{\"model\":\"chat\",\"max_tokens\":-1,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}",
                "messages|{\"model\":\"chat\",\"max_tokens\":9,\"temperature\":99,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}",
                "responses|{\"model\":\"chat\",\"input\":[]}",
                "responses|{\"model\":\"chat\",\"input\":\"x\",\"max_output_tokens\":0}",
                "responses|{\"model\":\"chat\",\"input\":\"x\",\"temperature\":99}",
            })
    void whatIsImpossibleIsRefusedInJsonToo(String protocol, String body) {
        try (Bench bench = Bench.chat()) {
            JsonRouter json =
                    switch (protocol) {
                        case "chat" -> bench.router.chat();
                        case "messages" -> bench.router.messages();
                        default -> bench.router.responses();
                    };
            Stream.<ThrowingCallable>of(
                            () -> json.stream(body),
                            () -> json.streamAsync(body),
                            () -> json.complete(body),
                            () -> json.completeAsync(body))
                    .forEach(
                            call ->
                                    assertThatThrownBy(call)
                                            .isInstanceOf(InvalidRequestException.class));
            nothingWasSent(bench);
        }
    }

    private static void nothingWasSent(Bench bench) {
        assertThat(bench.primary.connections()).isZero();
        assertThat(bench.fallback.connections()).isZero();
        assertThat(bench.router.activeCalls()).isZero();
    }
}
