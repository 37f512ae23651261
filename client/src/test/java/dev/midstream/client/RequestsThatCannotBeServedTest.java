package dev.midstream.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.model.Request;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

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

    private static void nothingWasSent(Bench bench) {
        assertThat(bench.primary.connections()).isZero();
        assertThat(bench.fallback.connections()).isZero();
        assertThat(bench.router.activeCalls()).isZero();
    }
}
