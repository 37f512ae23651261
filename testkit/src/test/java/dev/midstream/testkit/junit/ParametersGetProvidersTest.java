package dev.midstream.testkit.junit;

import static dev.midstream.testkit.Protocol.CHAT;
import static dev.midstream.testkit.Protocol.MESSAGES;
import static dev.midstream.testkit.Protocol.RESPONSES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Asking;
import dev.midstream.testkit.Protocol;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.assertion.Requests;
import dev.midstream.testkit.assertion.Streams;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs under whichever JUnit is there; {@code conformance/junit} runs it under others. */
class ParametersGetProvidersTest {

    @Test
    void eachParameterIsAProviderOfItsProtocolAndName(
            @Provider ScriptedProvider primary,
            @Provider(MESSAGES) ScriptedProvider fallback,
            @Provider(value = RESPONSES, name = "last") ScriptedProvider third) {
        assertThat(List.of(primary, fallback, third))
                .extracting(ScriptedProvider::name)
                .containsExactly("primary", "fallback", "last");
        for (ScriptedProvider provider : List.of(primary, fallback, third)) {
            provider.enqueue(Answer.saying("Once upon a time"));
        }
        isWhole(CHAT, primary);
        isWhole(MESSAGES, fallback);
        isWhole(RESPONSES, third);
    }

    private static void isWhole(Protocol protocol, ScriptedProvider provider) {
        try (SseClient client = Asking.ask(protocol, provider, true)) {
            client.awaitEnd();
            Streams.of(protocol, client.text()).isWhole().hasText("Once upon a time");
        }
        Requests.to(provider).only().wasAnswered();
    }

    @Nested
    class WithASetUp {

        @BeforeEach
        void script(@Provider(name = "primary") ScriptedProvider primary) {
            primary.enqueue(Answer.saying("Once upon a time"));
        }

        @Test
        void theSameNameIsTheSameProvider(@Provider(name = "primary") ScriptedProvider primary) {
            isWhole(CHAT, primary);
        }

        @ParameterizedTest
        @ValueSource(strings = {"a", "b"})
        void argumentsMayStandBefore(
                String argument, @Provider(name = "primary") ScriptedProvider primary) {
            assertThat(argument).isNotEmpty();
            isWhole(CHAT, primary);
        }
    }

    // ----------------------------------------------------------------------------- ends of tests

    static final class Surprised {
        @Test
        void unforeseen(@Provider ScriptedProvider primary) {
            ask(primary);
        }

        @Test
        void inVain(@Provider ScriptedProvider primary) {
            primary.enqueue(Answer.overloaded());
        }

        @Test
        void failed(@Provider ScriptedProvider primary) {
            primary.answering(Answer.saying("Once"));
            ask(primary);
            Assertions.fail("as the test says");
        }

        @Test
        void lenient(@Provider(lenient = true) ScriptedProvider primary) {
            ask(primary);
        }
    }

    @Test
    void surprisesFailTestsThatPassed() {
        Launched launched = Launched.of(Surprised.class);

        assertThat(launched.failure("unforeseen"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("primary: no answer was scripted for #1 POST /v1/chat")
                .hasMessageContaining("got 1 request\n  #1 POST");
        assertThat(launched.failure("inVain"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("primary: nobody asked for Answer[")
                .hasMessageContaining("got 0 requests");
        assertThat(launched.results())
                .hasEntrySatisfying(
                        "lenient(ScriptedProvider)",
                        result -> assertThat(result.getThrowable()).isEmpty());
    }

    @Test
    void failuresTellWhatCame() {
        Throwable failure = Launched.of(Surprised.class).failure("failed");

        assertThat(failure).hasMessage("as the test says");
        assertThat(failure.getSuppressed())
                .singleElement()
                .asString()
                .contains("primary (openai-chat, http://127.0.0.1:", "#1 POST", "ANSWERED after");
    }

    static void assertIsClosed(ScriptedProvider provider) {
        int port = provider.origin().getPort();
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(ConnectException.class);
    }

    static void ask(ScriptedProvider provider) {
        try (SseClient client = Asking.ask(CHAT, provider, true)) {
            client.awaitEnd();
        }
    }

    // ------------------------------------------------------------------------------- many at once

    static final class AtOnce {
        static final CyclicBarrier BOTH = new CyclicBarrier(2);
        static final ConcurrentLinkedQueue<ScriptedProvider> USED = new ConcurrentLinkedQueue<>();

        @Test
        void one(@Provider ScriptedProvider provider) throws Exception {
            use(provider);
        }

        @Test
        void other(@Provider ScriptedProvider provider) throws Exception {
            use(provider);
        }

        private static void use(ScriptedProvider provider) throws Exception {
            USED.add(provider);
            provider.enqueue(Answer.saying("Once"));
            BOTH.await(10, TimeUnit.SECONDS);
            ask(provider);
            Requests.to(provider).only();
            BOTH.await(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void testsAtTheSameTimeHaveProvidersOfTheirOwnThatAreClosed() {
        assertThat(Launched.atOnce(AtOnce.class).passed()).isTrue();

        assertThat(AtOnce.USED).hasSize(2).doesNotHaveDuplicates();
        assertThat(AtOnce.USED).allSatisfy(ParametersGetProvidersTest::assertIsClosed);
    }

    // -------------------------------------------------------------------- parameters of a class

    static final class OfAClass {
        static final ConcurrentLinkedQueue<ScriptedProvider> USED = new ConcurrentLinkedQueue<>();
        private final ScriptedProvider provider;

        OfAClass(@Provider(name = "shared") ScriptedProvider provider) {
            this.provider = provider;
            USED.add(provider);
        }

        @Test
        void one() {
            use();
        }

        @Test
        void other() {
            use();
        }

        @Test
        void surprised() {
            provider.enqueue(Answer.reset());
        }

        private void use() {
            provider.enqueue(Answer.saying("Once"));
            ask(provider);
            Requests.to(provider).only();
        }
    }

    @Test
    void parametersOfConstructorsAreJudgedAfterEachTest() {
        Launched launched = Launched.of(OfAClass.class);

        assertThat(launched.failure("surprised")).hasMessageContaining("nobody asked for");
        assertThat(launched.results().values())
                .filteredOn(result -> result.getThrowable().isPresent())
                .hasSize(1);
        assertThat(OfAClass.USED).hasSize(3).allSatisfy(ParametersGetProvidersTest::assertIsClosed);
    }
}
