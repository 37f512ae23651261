package dev.midstream.client.spi;

import dev.midstream.driver.UpstreamRequest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries requests to providers: the library's own goes over the JDK's HTTP client. Thread-safe.
 *
 * <p>A transport does not retry, follow redirects, decompress or keep clocks other than the one
 * until the connection stands ({@link UpstreamRequest#connect()}): all that is the router's
 * business, and what it does not see it cannot count.
 */
public interface Transport extends AutoCloseable {

    /**
     * Sends a request. Returns at once.
     *
     * @param receiver told what comes of it, on any thread, one call after the other; it may be
     *     told from within, and may call the exchange from within what it is told
     * @throws RuntimeException if it cannot even be sent: the attempt then fails by that
     */
    Exchange send(UpstreamRequest request, Receiver receiver);

    /** Closes all connections; requests that run end. No thread outlives it. */
    @Override
    void close();

    /** One request under way. Thread-safe. */
    interface Exchange {

        /**
         * Ends the request in whatever phase it is. Idempotent; what is told afterwards is ignored.
         */
        void cancel();

        /**
         * Whether bytes of the body are wanted; at first they are. While they are not, what is on
         * its way may still be told, and the connection is not read any further.
         */
        void reading(boolean wanted);
    }

    /** Told {@code head?, bytes*, (complete | failed)}. */
    interface Receiver {

        /**
         * The response's head has come.
         *
         * @param header gives a response header by name, in whatever case, or null
         */
        void head(int status, Function<String, @Nullable String> header);

        /** A piece of the body; the array is the receiver's from now on. */
        void bytes(byte[] bytes);

        /** The response is complete, as far as the transport can tell. */
        void complete();

        /**
         * The request failed. What is thrown is classified by its type and its causes ({@link
         * java.net.ConnectException}, {@link java.net.UnknownHostException}, {@link
         * javax.net.ssl.SSLException}, any other {@link java.io.IOException}…), and is found again,
         * as this very object, in the cause chain of the exception that the caller gets.
         */
        void failed(Throwable thrown);
    }
}
