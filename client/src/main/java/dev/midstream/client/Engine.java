package dev.midstream.client;

import dev.midstream.admission.Admission;
import dev.midstream.admission.Routing;
import dev.midstream.capability.CapabilityMemory;
import dev.midstream.client.http.JdkTransport;
import dev.midstream.client.spi.Clock;
import dev.midstream.client.spi.Transport;
import dev.midstream.driver.Client;
import dev.midstream.driver.Equipment;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/** What all calls of one router share, and the calls that run. Thread-safe. */
final class Engine {

    /** How long a policy that was interrupted may take to notice. */
    private static final int PATIENCE_SECONDS = 10;

    final Routing routing;
    final Protocols protocols;
    final Equipment equipment;
    final Journal journal = new SystemJournal();
    final RouterParts parts;
    private final Transport transport;
    private final Clock clock;
    private final ExecutorService executor;
    private final Set<Call> live = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Engine(RouterParts parts) {
        this.parts = parts;
        this.transport = parts.transport() != null ? parts.transport() : new JdkTransport();
        this.clock = parts.clock() != null ? parts.clock() : new SystemClock();
        this.executor =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("midstream-", 0).factory());
        Fleet fleet = new Fleet(parts.config());
        this.protocols = new Protocols(parts.config());
        this.routing =
                new Routing(parts.config().settings(), fleet, new CapabilityMemory(), clock::nanos);
        this.equipment =
                new Equipment(
                        protocols.upstream(),
                        new NoTokens(),
                        new KeptConversations(fleet),
                        new PluggedIn(parts.providers()),
                        new Told(),
                        journal,
                        executor,
                        clock::nanos,
                        version());
    }

    private static String version() {
        return Objects.requireNonNullElse(
                Engine.class.getPackage().getImplementationVersion(), "development");
    }

    SerialLoop loop() {
        return new SerialLoop(transport, clock, this::elsewhere, journal);
    }

    /** After the end nothing is run any more. */
    void elsewhere(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException over) {
            if (!closed) {
                throw over;
            }
        }
    }

    void mayAsk() {
        if (closed) {
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
                        this::elsewhere,
                        journal,
                        clock::nanos);
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

    void begun(Call call) {
        live.add(call);
        if (closed) {
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

    /** Ends all calls, then everything else, in this order; returns when nothing is left. */
    synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        live.forEach(Call::shutdown);
        if (parts.transport() == null) {
            transport.close();
        }
        if (parts.clock() == null) {
            clock.close();
        }
        executor.shutdownNow();
        await();
    }

    private void await() {
        try {
            if (!executor.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                journal.warn("a policy does not end although it was interrupted");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
