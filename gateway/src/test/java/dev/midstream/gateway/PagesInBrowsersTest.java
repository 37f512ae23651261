package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.edge.Cors;
import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.model.Secret;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Headers;
import dev.midstream.testkit.SseClient;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What a browser asks and needs is in the Fetch standard, section 3.2. */
class PagesInBrowsersTest {

    private static final String CHAT = "https://chat.example.com";

    @Test
    void aPageThatMayAskIsToldWhatItMaySendWithoutAKey() {
        try (Rig rig = rig(List.of(CHAT))) {
            String answer = preflight(rig, CHAT, "authorization, content-type, x-stainless-os");
            assertThat(answer)
                    .startsWith("http/1.1 204")
                    .contains("access-control-allow-origin: " + CHAT)
                    .contains("access-control-allow-methods: get, post, delete")
                    .contains(
                            "access-control-allow-headers: authorization, content-type, x-stainless-os")
                    .contains("vary: origin")
                    .doesNotContain("credentials");
        }
    }

    @Test
    void namesOfHeadersThatAreNoneAreNotRepeated() {
        try (Rig rig = rig(List.of(CHAT))) {
            assertThat(preflight(rig, CHAT, "x-a(comment), {}")).doesNotContain("(comment)");
        }
    }

    @Test
    void aPageThatMayNotAskIsTurnedAway() {
        try (Rig rig = rig(List.of(CHAT))) {
            assertThat(preflight(rig, "https://evil.example.com", "authorization"))
                    .startsWith("http/1.1 403")
                    .contains("vary: origin")
                    .doesNotContain("access-control-allow");
        }
    }

    @Test
    void whereNothingIsConfiguredNoPageIsTold() {
        try (Rig rig = rig(List.of())) {
            assertThat(preflight(rig, CHAT, "authorization"))
                    .startsWith("http/1.1 405")
                    .doesNotContain("access-control", "vary");
        }
    }

    @Test
    void streamsAndErrorsCanBeReadByThePage() {
        try (Rig rig = rig(List.of(CHAT))) {
            rig.primary.enqueue(Answer.text("hi"));
            assertReadable(ask(rig, "Bearer sk-master", CHAT), 200);
            assertReadable(ask(rig, "Bearer sk-wrong", CHAT), 401);
            SseClient unknown = rig.keep(SseClient.to(rig.at("/x")).header("origin", CHAT).get());
            assertReadable(unknown.awaitHead(), 404);
        }
    }

    @Test
    void everythingThatAnAnswerSaysAboutItselfCanBeRead() {
        try (Rig rig = rig(List.of(CHAT))) {
            rig.primary.enqueue(Answer.text("hi"));
            SseClient client =
                    rig.keep(
                            SseClient.to(rig.chat())
                                    .header("authorization", "Bearer sk-master")
                                    .header("origin", CHAT)
                                    .post(Rig.request("primary", false)));
            Headers headers = client.awaitHead().headers();
            String exposed = headers.first("access-control-expose-headers").orElseThrow();
            assertThat(headers.fields())
                    .extracting(Headers.Field::name)
                    .filteredOn(name -> name.startsWith("x-") || name.startsWith("llm_"))
                    .hasSizeGreaterThan(10)
                    .allSatisfy(name -> assertThat(exposed.split(", ")).contains(name));
        }
    }

    @Test
    void aPageOfAnotherOriginIsAnsweredAndCannotReadIt() {
        try (Rig rig = rig(List.of(CHAT))) {
            rig.primary.enqueue(Answer.text("hi"));
            Headers headers =
                    ask(rig, "Bearer sk-master", "https://chat.example.com.evil.example").headers();
            assertThat(headers.first("access-control-allow-origin")).isEmpty();
            assertThat(headers.first("vary")).hasValue("origin");
        }
    }

    @Test
    void aStarIsForAllPages() {
        try (Rig rig = rig(List.of("*"))) {
            rig.primary.enqueue(Answer.text("hi"));
            Headers headers = ask(rig, "Bearer sk-master", "https://a.example").headers();
            assertThat(headers.first("access-control-allow-origin")).hasValue("*");
            assertThat(headers.first("access-control-allow-credentials")).isEmpty();
            assertThat(headers.first("vary")).isEmpty();
        }
    }

    private static void assertReadable(SseClient.Head head, int status) {
        assertThat(head.status()).isEqualTo(status);
        assertThat(head.headers().first("access-control-allow-origin")).hasValue(CHAT);
        assertThat(head.headers().first("access-control-expose-headers").orElseThrow())
                .contains("x-midstream-call-id", "retry-after");
    }

    private static SseClient.Head ask(Rig rig, String key, String origin) {
        SseClient client =
                rig.keep(
                        SseClient.to(rig.chat())
                                .header("authorization", key)
                                .header("origin", origin)
                                .post(Rig.request("primary", true)));
        SseClient.Head head = client.awaitHead();
        client.awaitEnd();
        return head;
    }

    /** The answer's head, in lower case. */
    private static String preflight(Rig rig, String origin, String headers) {
        try (Silent browser = new Silent(rig.gateway.address())) {
            browser.write(
                    "OPTIONS /v1/chat/completions HTTP/1.1\r\nhost: x\r\nconnection: close\r\norigin: "
                            + origin
                            + "\r\naccess-control-request-method: POST\r\naccess-control-request-headers: "
                            + headers
                            + "\r\n\r\n");
            return browser.awaitAll().toLowerCase(Locale.ROOT);
        }
    }

    private static Rig rig(List<String> origins) {
        GatewayOptions options =
                GatewayOptions.DEFAULTS
                        .withMasterKey(Secret.of("sk-master"))
                        .withCors(new Cors(origins));
        return new Rig(TransportKind.AUTO, Rig.CONFIGURATION, options);
    }
}
