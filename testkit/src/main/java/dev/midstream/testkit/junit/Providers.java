package dev.midstream.testkit.junit;

import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.Protocol;
import dev.midstream.testkit.ScriptedProvider;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Providers that are started by name, in a field of a test class.
 *
 * <pre>{@code
 * @RegisterExtension static final Providers PROVIDERS = new Providers();
 *
 * static final ScriptedProvider PRIMARY = PROVIDERS.start("primary", Protocol.CHAT);
 * }</pre>
 *
 * <p><b>Shape.</b> In a static field the providers live as long as the class, each on one port, and
 * are {@link ScriptedProvider#reset() reset} after each test: script them in the test or before
 * each. In an instance field they live as long as the test. Classes that inherit a static field
 * share its providers and ports.
 *
 * <p><b>Failure.</b> A test that passed fails after all if there were {@link
 * ScriptedProvider#surprises() surprises}; one that failed tells every request that came, as a
 * suppressed exception. A test that begins while another one uses the same providers fails at once:
 * the script would be both tests'.
 *
 * <p>Thread-safe.
 */
public final class Providers
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    private final Map<String, ScriptedProvider> started = new LinkedHashMap<>();
    private final Set<String> tests = new HashSet<>();
    private int classes;
    private boolean resting;
    private boolean lenient;

    /** No provider yet. */
    public Providers() {}

    /** Surprises are none of the tests' business. */
    public synchronized Providers lenient() {
        lenient = true;
        return this;
    }

    /**
     * The provider of this name, which is started if there is none.
     *
     * @throws IllegalStateException if the one that there is speaks another protocol, or if several
     *     tests would share it at the same time
     */
    public ScriptedProvider start(String name, Protocol protocol) {
        return start(name, protocol.dialect());
    }

    /** As {@link #start(String, Protocol)}, with the deviations of a dialect. */
    public synchronized ScriptedProvider start(String name, Dialect dialect) {
        if (tests.size() > 1) {
            throw sharing(Set.of(name));
        }
        ScriptedProvider provider =
                started.computeIfAbsent(name, n -> ScriptedProvider.start(n, dialect));
        if (!provider.protocol().equals(dialect.protocol())) {
            throw new IllegalStateException(
                    name + " speaks " + provider.protocol() + ", not " + dialect.protocol());
        }
        return provider;
    }

    // ------------------------------------------------------------------------------ JUnit's calls

    @Override
    public synchronized void beforeAll(ExtensionContext context) {
        classes++;
        if (resting) {
            resting = false;
            started.values().forEach(ScriptedProvider::reset);
        }
    }

    @Override
    public synchronized void beforeEach(ExtensionContext context) {
        if (!tests.isEmpty() && !started.isEmpty()) {
            throw sharing(started.keySet());
        }
        tests.add(context.getUniqueId());
    }

    private static IllegalStateException sharing(Set<String> names) {
        return new IllegalStateException(
                "another test uses the providers "
                        + names
                        + " at the same time: let these tests run in the same thread"
                        + " (@Execution(SAME_THREAD)), or give each its own by @Provider");
    }

    @Override
    public synchronized void afterEach(ExtensionContext context) {
        if (!tests.remove(context.getUniqueId())) {
            return;
        }
        try {
            Verdict.on(context, List.copyOf(started.values()), lenient);
        } finally {
            if (classes == 0) {
                rest();
            } else {
                started.values().forEach(ScriptedProvider::reset);
            }
        }
    }

    @Override
    public synchronized void afterAll(ExtensionContext context) {
        classes--;
        if (classes == 0) {
            rest();
        }
    }

    /** Another class may come that has inherited the field. */
    private void rest() {
        resting = true;
        started.values().forEach(ScriptedProvider::close);
    }
}
