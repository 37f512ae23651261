package dev.midstream.testkit.assertion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Asking;
import dev.midstream.testkit.Protocol;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.SseClient;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequestsAreJudgedInEveryProtocolTest {

    private static final String DELIVERED = "Once upon a time there was a ferryman who";
    private static final String QUESTION = "{\"role\":\"user\",\"content\":\"Tell me.\"}";
    private static final String PREFILL =
            QUESTION + ",{\"role\":\"assistant\",\"content\":\"" + DELIVERED + "\"}";
    private static final String USER_TURN =
            PREFILL
                    + ",{\"role\":\"user\",\"content\":\"Go on exactly after: \\\""
                    + DELIVERED
                    + "\\\"\"}";

    @ParameterizedTest
    @EnumSource
    void whatIsSoPasses(Protocol protocol) {
        try (var provider = asked(protocol, QUESTION)) {
            RequestCheck only = Requests.to(provider).number(1).only();
            only.asksFor("m-1")
                    .isStreamed()
                    .has("/model", "m-1")
                    .has("/stream", true)
                    .hasNo("/temperature")
                    .mentions("Tell me.")
                    .hasHeader("content-type", "application/json")
                    .hasHeader("host")
                    .hasNoHeader("x-other")
                    .hasKey("sk-one")
                    .hasNoKeyInUrl()
                    .isNoContinuationOf(DELIVERED)
                    .wasAnswered()
                    .satisfies(request -> assertThat(request.number()).isOne());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotSoFailsWithTheRequest(Protocol protocol) {
        try (var provider = asked(protocol, QUESTION)) {
            RequestCheck only = Requests.to(provider).only();
            fails(() -> only.asksFor("m-2"), "expected /model: \"m-2\"", "but was: \"m-1\"");
            fails(only::isPlain, "one piece", "POST");
            fails(() -> only.hasNo("/model"), "expected /model: null");
            fails(() -> only.has("/temperature", 1), "but was: null");
            fails(() -> only.mentions("poem"), "\"poem\"", "Tell me.");
            fails(() -> only.hasHeader("x-other"), "x-other");
            fails(() -> only.hasHeader("host", "here"), "\"here\"");
            fails(() -> only.hasNoHeader("host"), "expected header host: null");
            fails(() -> only.hasKey("sk-two"), "sk-two");
            fails(() -> only.continues(DELIVERED), DELIVERED, "#1 POST");
            fails(only::wasCancelled, "leaves", "ANSWERED");
            fails(() -> Requests.to(provider).number(2), "expected 2 requests", "got 1 request");
            fails(() -> Requests.to(provider).none(), "no request");
            fails(() -> Requests.to(provider).nth(2), "number 2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void continuationsAreKnownByWhatTheyGoOnWith(Protocol protocol) {
        try (var provider = asked(protocol, PREFILL)) {
            RequestCheck prefill = Requests.to(provider).last();
            prefill.continues(DELIVERED).continuesByPrefill(DELIVERED);
            fails(() -> prefill.continuesByUserTurn(DELIVERED), "user's message");
            fails(() -> prefill.continuesByPrefill(DELIVERED + " rowed"), "rowed");
            fails(() -> prefill.continuesByPrefill("Once upon"), "Once upon");
            fails(() -> prefill.isNoContinuationOf(DELIVERED), "request of its own");
        }
        try (var provider = asked(protocol, USER_TURN)) {
            RequestCheck turn = Requests.to(provider).first();
            turn.continues(DELIVERED).continuesByUserTurn(DELIVERED);
            fails(() -> turn.continuesByPrefill(DELIVERED), "assistant's message");
        }
    }

    @Test
    void keysInAddressesAreFound() {
        try (var provider = ScriptedProvider.start("p", Protocol.CHAT)) {
            provider.answering(Answer.text("Once"));
            for (String query : new String[] {"?key=a", "?x=sk-one", "?a=1&api_key=b"}) {
                URI url = URI.create(provider.baseUrl() + "/chat/completions" + query);
                try (SseClient client =
                        SseClient.to(url).header("authorization", "Bearer sk-one").post("{}")) {
                    client.awaitEnd();
                }
                fails(() -> Requests.to(provider).last().hasNoKeyInUrl(), "no key");
            }
        }
    }

    @Test
    void cancellationIsWaitedFor() {
        try (var provider = ScriptedProvider.start("p", Protocol.CHAT)) {
            provider.answering(Answer.saying("Once upon a time").stalledAfter(2));
            try (SseClient client = Asking.ask(Protocol.CHAT, provider, true)) {
                client.nextEvent();
            }
            Requests.to(provider).only().wasCancelled();
            fails(() -> Requests.to(provider).only().wasAnswered(), "ANSWERED");
        }
    }

    @Test
    void noRequestIsNoRequest() {
        try (var provider = ScriptedProvider.start("p", Protocol.CHAT)) {
            Requests.to(provider).none();
            fails(() -> Requests.to(provider).only(), "p (openai-chat, ", "got 0 requests");
            fails(() -> Requests.to(provider).last(), "number 1");
        }
    }

    private static ScriptedProvider asked(Protocol protocol, String turns) {
        var provider = ScriptedProvider.start("p", protocol).answering(Answer.text("Once"));
        try (SseClient client = Asking.ask(protocol, provider, true, turns)) {
            client.awaitEnd();
            provider.nextExchange().awaitEnd();
        }
        return provider;
    }

    private static void fails(Runnable assertion, String... words) {
        assertThatThrownBy(assertion::run)
                .isInstanceOf(AssertionError.class)
                .message()
                .contains(words);
    }
}
