package dev.midstream.client;

import dev.midstream.admission.Admission;
import dev.midstream.admission.Routing;
import dev.midstream.capability.CapabilityMemory;
import dev.midstream.client.spi.Clock;
import dev.midstream.client.spi.Transport;
import dev.midstream.driver.Client;
import dev.midstream.driver.Equipment;
import dev.midstream.driver.GoogleTokens;
import dev.midstream.driver.Identifiers;
import dev.midstream.driver.Journal;
import dev.midstream.driver.RelayDriver;
import dev.midstream.driver.Told;
import dev.midstream.kept.KeptConversations;
import dev.midstream.model.Request;
import dev.midstream.routing.Fleet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** What all calls of one router share, and the calls that run. Thread-safe. */
final class Engine {

    /** How long a policy that was interrupted may take to notice. */
    private static final int PATIENCE_SECONDS = 10;

    final Routing routing;
    final Protocols protocols;
    final Equipment equipment;
    final Journal journal;
    final RouterParts parts;
    private final Transport transport;
    private final Clock clock;
    private final LongSupplier ticker;
    private final Carriers carriers;
    private final Unfinished unfinished = new Unfinished();
    private final Set<Call> live = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CountDownLatch nothingLeft = new CountDownLatch(1);

    Engine(RouterParts parts) {
        this(
                parts,
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("midstream-", 0).factory()),
                new SystemJournal());
    }

    /**
     * @param executor runs what is not carried out by whoever brings it; closed with the engine
     */
    Engine(RouterParts parts, ExecutorService executor, Journal journal) {
        this.parts = parts;
        this.carriers = new Carriers(executor);
        this.journal = journal;
        this.transport = parts.transport() != null ? parts.transport() : OwnTransport.of(parts);
        this.clock = parts.clock() != null ? parts.clock() : new SystemClock();
        this.ticker = positive(clock);
        Fleet fleet = new Fleet(parts.config());
        this.protocols = new Protocols(parts.config());
        this.routing =
                new Routing(parts.config().settings(), fleet, new CapabilityMemory(), ticker);
        this.equipment =
                new Equipment(
                        protocols.upstream(),
                        GoogleTokens.of(System::getenv),
                        new KeptConversations(fleet),
                        new PluggedIn(parts.providers(), journal),
                        new Told(),
                        journal,
                        carriers,
                        ticker,
                        version());
    }

    /** For the engine a time of 0 is one that has not come. */
    private static LongSupplier positive(Clock clock) {
        long before = clock.nanos() - 1;
        return () -> clock.nanos() - before;
    }

    private static String version() {
        return Objects.requireNonNullElse(
                Engine.class.getPackage().getImplementationVersion(), "development");
    }

    SerialLoop loop() {
        return new SerialLoop(transport, clock, carriers, unfinished, journal);
    }

    void mayAsk() {
        if (closed.get()) {
            throw new RouterClosedException();
        }
    }

    /**
     * A call that has not begun.
     *
     * @param recipient makes whom the answer goes to
     */
    Call call(
            Request request,
            Admission.Admitted admitted,
            CallOptions options,
            SerialLoop loop,
            Function<CallHooks, Client> recipient) {
        CallInfo info = new CallInfo(Identifiers.fresh(), admitted.group().name(), request);
        CallHooks hooks =
                new CallHooks(
                        info,
                        Stream.concat(parts.listeners().stream(), options.listeners().stream())
                                .toList(),
                        options.policy() != null ? options.policy() : parts.policy(),
                        carriers,
                        journal,
                        ticker);
        Call call = new Call(this, loop);
        call.driver(
                new RelayDriver(
                        equipment,
                        info.id(),
                        admitted.relay(),
                        recipient.apply(hooks),
                        loop,
                        hooks,
                        outcome -> ended(call)));
        return call;
    }

    /** Before anything of the call is carried out, so that none ends unseen. */
    void begins(Call call) {
        live.add(call);
    }

    /** Whoever closes at this moment may have missed it. */
    void begun(Call call) {
        if (closed.get()) {
            call.shutdown();
        }
    }

    void ended(Call call) {
        live.remove(call);
    }

    /** Calls that run. */
    int count() {
        return live.size();
    }

    /**
     * Ends all calls, then everything else, in this order. Returns when nothing is left, unless it
     * is called from within what the engine carries out: that cannot be waited for.
     */
    void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                endAll();
            } finally {
                nothingLeft.countDown();
            }
        } else if (!carriers.areCalling()) {
            await();
        }
    }

    private void endAll() {
        live.forEach(Call::shutdown);
        unfinished.close();
        if (parts.transport() == null) {
            transport.close();
        }
        if (parts.clock() == null) {
            clock.close();
        }
        endThreads();
    }

    private void endThreads() {
        try {
            if (!carriers.close(PATIENCE_SECONDS)) {
                journal.warn("a policy does not end although it was interrupted");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void await() {
        try {
            nothingLeft.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
