package dev.midstream.testkit;

/**
 * Decides how a provider answers a request. An {@link Answer} is one that decides always alike.
 *
 * <p>Called on the thread of the connection; several at a time where connections are. An exception
 * is answered as HTTP status 500 that carries its text.
 */
@FunctionalInterface
public interface Responder {

    /** The answer to this request. */
    Answer answer(RecordedRequest request);
}
