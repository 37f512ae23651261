package dev.midstream.gateway.edge;

import dev.midstream.gateway.driver.RelayDriver;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The calls that are being carried out. Thread-safe. */
public final class LiveCalls {

    private final Set<RelayDriver> drivers = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;

    void add(RelayDriver driver) {
        drivers.add(driver);
    }

    void remove(RelayDriver driver) {
        drivers.remove(driver);
    }

    public int count() {
        return drivers.size();
    }

    /** Whether new calls are turned away. */
    public boolean closing() {
        return closing;
    }

    /** From now on new calls are turned away; those that live go on. */
    public void close() {
        closing = true;
    }

    /** Ends those that still live, in an error that their clients are told. */
    public void shutdown() {
        drivers.forEach(RelayDriver::shutdown);
    }
}
