package dev.midstream.testkit;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;

/**
 * One connection from a client. Its own thread reads, so that a client that leaves is noticed
 * whatever the answer is doing; each answer is played on a thread of its own.
 */
final class Connection implements Runnable {

    /** Answers one request and says whether the connection goes on. */
    @FunctionalInterface
    interface Answering {
        boolean answer(int connection, RequestReader.Incoming request, Peer peer);
    }

    private final int number;
    private final Socket socket;
    private final Peer peer;
    private final Answering answering;

    Connection(int number, Socket socket, Answering answering) throws IOException {
        this.number = number;
        this.socket = socket;
        this.peer = new Peer(socket);
        this.answering = answering;
    }

    @Override
    public void run() {
        CompletableFuture<Boolean> goesOn = CompletableFuture.completedFuture(true);
        ExchangeEnd.Kind end = ExchangeEnd.Kind.CLIENT_CLOSED;
        try {
            RequestReader reader =
                    new RequestReader(socket.getInputStream(), socket.getOutputStream());
            for (var request = reader.next();
                    request != null && goesOn.join();
                    request = reader.next()) {
                goesOn = start(request);
            }
        } catch (IOException e) {
            end = ExchangeEnd.Kind.CLIENT_RESET;
        } finally {
            peer.leave(end);
            goesOn.join();
        }
    }

    /** Ends it from the provider's side, in the middle of whatever it does. */
    void close() {
        peer.leave(ExchangeEnd.Kind.PROVIDER_CLOSED);
    }

    private CompletableFuture<Boolean> start(RequestReader.Incoming request) {
        CompletableFuture<Boolean> goesOn = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> answer(request, goesOn));
        return goesOn;
    }

    private void answer(RequestReader.Incoming request, CompletableFuture<Boolean> goesOn) {
        boolean more = false;
        try {
            more = answering.answer(number, request, peer);
        } finally {
            if (!more) {
                peer.close();
            }
            goesOn.complete(more);
        }
    }
}
