package dev.midstream.gateway;

import java.nio.charset.StandardCharsets;

/** What clients that do not read are made of. */
final class Slow {

    /** An event of a kilobyte of text, as OpenAI writes it. */
    static final byte[] EVENT =
            ("data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":"
                            + "[{\"index\":0,\"delta\":{\"content\":\""
                            + "word ".repeat(200)
                            + "\"},\"finish_reason\":null}]}\n\n")
                    .getBytes(StandardCharsets.UTF_8);

    private Slow() {}
}
