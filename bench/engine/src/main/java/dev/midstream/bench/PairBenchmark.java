package dev.midstream.bench;

import org.openjdk.jmh.annotations.Param;

/** What depends on both sides. */
public abstract class PairBenchmark extends EventBenchmark {

    @Param({
        "chat-chat",
        "messages-messages",
        "responses-responses",
        "chat-messages",
        "chat-responses",
        "messages-chat",
        "messages-responses",
        "responses-chat",
        "responses-messages"
    })
    String pair;
}
