package dev.midstream.client.simulation;

import dev.midstream.client.spi.Transport;
import dev.midstream.testkit.Reply;
import dev.midstream.testkit.Step;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One request that was sent, and what is on its way back. Not thread-safe. */
final class Sent implements Transport.Exchange {

    private static final byte[] GARBAGE =
            "data: {{{ no protocol\n\n\u0000\u0001".getBytes(StandardCharsets.UTF_8);

    final int number;
    final String upstream;
    final Mishap mishap;
    private final Transport.Receiver receiver;
    private final RandomGenerator random;
    private @Nullable Throwable thrown;
    private int status;
    private java.util.Map<String, String> headers = java.util.Map.of();
    private byte[] body = {};
    private int at;
    private boolean headTold;
    private boolean reading = true;
    private boolean readAhead;
    private boolean endsClean = true;
    private boolean silentAtEnd;
    private boolean over;
    private boolean cancelled;

    Sent(
            int number,
            String upstream,
            Mishap mishap,
            Transport.Receiver receiver,
            RandomGenerator random) {
        this.number = number;
        this.upstream = upstream;
        this.mishap = mishap;
        this.receiver = receiver;
        this.random = random;
    }

    <T extends Throwable> T throwing(T what) {
        thrown = what;
        over = true;
        return what;
    }

    /** What the transport threw of it, null if nothing was told. */
    @Nullable Throwable thrown() {
        return thrown;
    }

    /** Breaks at any byte, inside characters, lines and events alike. */
    void loaded(Reply reply) {
        status = reply.status();
        headers = reply.headers();
        byte[] whole = reply.body();
        body = whole;
        endsClean = reply.ending() instanceof Step.CleanEnd;
        silentAtEnd = reply.ending() instanceof Step.Stall;
        int place = random.nextInt(whole.length + 1);
        switch (mishap) {
            case CUT -> {
                body = Arrays.copyOf(whole, place);
                endsClean = false;
            }
            case CLEAN_END -> body = Arrays.copyOf(whole, place);
            case STALL -> {
                body = Arrays.copyOf(whole, place);
                silentAtEnd = true;
            }
            case GARBAGE_AND_CUT -> {
                body = Arrays.copyOf(whole, place + GARBAGE.length);
                System.arraycopy(GARBAGE, 0, body, place, GARBAGE.length);
                endsClean = false;
            }
            default -> {}
        }
    }

    boolean over() {
        return over || cancelled;
    }

    /** Whether something can happen to it without time passing. */
    boolean able() {
        if (over()) {
            return false;
        }
        if (mishap == Mishap.NO_HEAD) {
            return false;
        }
        if (headTold && !reading && !readAhead) {
            return false;
        }
        return !headTold || at < body.length || !silentAtEnd;
    }

    /** The next thing happens. */
    void turn() {
        if (!able()) {
            return;
        }
        if (!headTold) {
            begin();
        } else if (at < body.length) {
            bytes();
        } else if (endsClean) {
            over = true;
            receiver.complete();
        } else {
            fail(new IOException("Connection reset"));
        }
    }

    private void begin() {
        switch (mishap) {
            case NOT_CONNECTED -> fail(new ConnectException("refused"));
            case RESET_BEFORE_HEAD -> fail(new IOException("Connection reset"));
            case TRANSPORT_BROKEN -> fail(new IllegalStateException("the transport broke"));
            default -> {
                headTold = true;
                receiver.head(status, name -> headers.get(name.toLowerCase(Locale.ROOT)));
            }
        }
    }

    /** A read that was under way when reading was stopped may still come. */
    private void bytes() {
        readAhead = false;
        int length =
                Math.min(body.length - at, 1 + random.nextInt(random.nextInt(4) == 0 ? 30 : 700));
        byte[] piece = Arrays.copyOfRange(body, at, at + length);
        at += length;
        receiver.bytes(piece);
    }

    private void fail(Throwable failure) {
        thrown = failure;
        over = true;
        receiver.failed(failure);
    }

    @Override
    public void cancel() {
        boolean first = !over();
        cancelled = true;
        if (first && random.nextInt(20) == 0) {
            receiver.failed(new IOException("told after it was cancelled"));
        }
    }

    @Override
    public void reading(boolean wanted) {
        if (reading && !wanted) {
            readAhead = random.nextBoolean();
        }
        reading = wanted;
    }
}
