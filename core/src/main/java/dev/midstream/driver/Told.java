package dev.midstream.driver;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What has been told to the operator, so that it is told once. Bounded; thread-safe. */
public final class Told {

    private static final int MOST = 1_000;

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** Whether this was not told before; beyond a thousand things nothing is. */
    boolean first(String what) {
        return told.size() < MOST && told.add(what);
    }
}
