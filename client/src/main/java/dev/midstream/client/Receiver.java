package dev.midstream.client;

import dev.midstream.driver.Client;

/**
 * Where an answer's items go: to a thread that waits for them, to a subscriber, into one answer.
 *
 * <p><b>Shape</b>: {@code open, next*, (complete | failed)}; nothing afterwards.
 *
 * <p><b>Thread-safety</b>: told on the call's loop.
 */
interface Receiver<T> {

    /**
     * @param writability to be told, in a task of its own, when no more is wanted and when it is
     *     again
     */
    void open(Client.Writability writability);

    void next(T item);

    /**
     * @param answer all that was delivered
     */
    void complete(Answer answer);

    void failed(MidstreamException failure);
}
