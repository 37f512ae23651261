package dev.midstream.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Failure;
import dev.midstream.routing.Passage;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A response that ends after any of its bytes: every byte of the body that the provider had sent is
 * told, and then the break.
 */
class WhatHadArrivedIsDeliveredTest {

    private static final String HEAD =
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";

    private static final List<String> EVENTS =
            List.of(
                    "data: {\"choices\":[{\"delta\":{\"content\":\"Once\"}}]}\n\n",
                    "data: {\"choices\":[{\"delta\":{\"content\":\" upon\"}}]}\n\n",
                    "data: [DONE]\n\n");

    private static final int ROUNDS = 2;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whereverItBreaks(boolean reset) {
        try (ScriptedProvider provider = ScriptedProvider.start(Dialect.chat());
                JdkTransport transport = new JdkTransport()) {
            provider.answering(
                    asked -> {
                        int length =
                                Integer.parseInt(asked.headers().first("x-length").orElse("0"));
                        return Answer.of(
                                new Step.RawHead(whole().substring(0, length)),
                                reset ? new Step.Cut() : new Step.Close());
                    });
            for (int round = 0; round < ROUNDS; round++) {
                breakEverywhere(provider, transport);
            }
        }
    }

    private static void breakEverywhere(ScriptedProvider provider, JdkTransport transport) {
        List<Told> all = new ArrayList<>();
        for (int length = 1; length < whole().length(); length++) {
            all.add(ask(transport, provider, length));
        }
        for (int i = 0; i < all.size(); i++) {
            Told told = all.get(i);
            int length = i + 1;
            assertThat(told.failure())
                    .as("after %s bytes", length)
                    .isInstanceOfSatisfying(
                            Failure.Cut.class,
                            cut -> assertThat(cut.headSeen()).isEqualTo(length >= HEAD.length()));
            assertThat(told.text()).as("after %s bytes", length).isEqualTo(sentWithin(length));
            assertThat(told.ends()).isEqualTo(1);
        }
    }

    private static Told ask(JdkTransport transport, ScriptedProvider provider, int length) {
        return Asked.of(
                        transport,
                        Asked.request(
                                provider.baseUrl(),
                                Duration.ofSeconds(10),
                                Passage.DIRECT,
                                Map.of("x-length", Integer.toString(length))))
                .told();
    }

    private static String whole() {
        StringBuilder whole = new StringBuilder(HEAD);
        for (String event : EVENTS) {
            whole.append(Integer.toHexString(event.length()))
                    .append("\r\n")
                    .append(event)
                    .append("\r\n");
        }
        return whole.append("0\r\n\r\n").toString();
    }

    /** What of the events lies within the first bytes of the whole. */
    private static String sentWithin(int length) {
        StringBuilder sent = new StringBuilder();
        int at = HEAD.length();
        for (String event : EVENTS) {
            at += Integer.toHexString(event.length()).length() + 2;
            sent.append(event, 0, Math.clamp(length - at, 0, event.length()));
            at += event.length() + 2;
        }
        return sent.toString();
    }
}
