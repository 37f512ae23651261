package dev.midstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProvidersTellWhatNobodyForesawTest {

    private final ScriptedProvider provider = ScriptedProvider.start("primary", Protocol.CHAT);

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void nothingIsToldWhereAllWentAsScripted() {
        provider.enqueue(Answer.text("Once"));
        ask();
        assertThat(provider.surprises()).isEmpty();
        provider.verify();
    }

    @Test
    void requestsWithoutAnAnswerAreTold() {
        ask();
        assertThat(provider.surprises())
                .singleElement()
                .asString()
                .startsWith("no answer was scripted for #1 POST /v1/chat/completions");
        assertThatThrownBy(provider::verify)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no answer was scripted")
                .hasMessageContaining("primary (openai-chat, http://127.0.0.1:")
                .hasMessageContaining("got 1 request\n  #1 POST");
    }

    @Test
    void answersThatNobodyAskedForAreTold() {
        provider.enqueue(Answer.text("Once"), Answer.reset());
        ask();
        assertThat(provider.surprises())
                .singleElement()
                .asString()
                .startsWith("nobody asked for Answer[steps=[Cut[]]");
    }

    @Test
    void wrongPathsAreTold() {
        try (SseClient client = SseClient.post(URI.create(provider.origin() + "/v2/chat"), "{}")) {
            assertThat(client.awaitHead().status()).isEqualTo(404);
        }
        assertThat(provider.surprises()).singleElement().asString().contains("#1 POST /v2/chat {}");
    }

    @Test
    void respondersThatThrowAreTold() {
        provider.answering(
                request -> {
                    throw new IllegalStateException("nothing to say");
                });
        ask();
        assertThat(provider.surprises()).singleElement().asString().contains("nothing to say");
    }

    @Test
    void aProviderBeginsAnewOnItsPort() {
        URI address = provider.baseUrl();
        provider.enqueue(Answer.text("Once"), Answer.text("Twice"))
                .answering(Answer.saying("Once upon").stalledAfter(1));
        ask();
        ask();
        try (SseClient open = ChatRequests.ask(provider, ChatRequests.STREAM)) {
            open.nextEvent();
            provider.enqueue(Answer.reset());
            provider.refuseConnections();

            provider.reset();

            assertThat(open.awaitEnd()).isNotEqualTo(SseClient.End.LEFT);
        }
        assertThat(provider.baseUrl()).isEqualTo(address);
        assertThat(provider.requests()).isEmpty();
        assertThat(provider.surprises()).isEmpty();
        provider.enqueue(Answer.text("Anew"));
        ask();
        assertThat(provider.requests()).singleElement().returns(1, RecordedRequest::number);
    }

    private void ask() {
        ChatRequests.textOf(provider, ChatRequests.STREAM);
    }
}
