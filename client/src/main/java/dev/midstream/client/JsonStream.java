package dev.midstream.client;

/** An answer in its protocol's own JSON, event by event, as it comes. */
public final class JsonStream extends AnswerStream<JsonEvent> {

    JsonStream(Mailbox<JsonEvent> mailbox, Call call) {
        super(mailbox, call);
    }
}
