package dev.midstream.client;

import dev.midstream.driver.RelayDriver;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A call that was made. Thread-safe once it has its driver. */
final class Call {

    private final Engine engine;
    private final SerialLoop loop;
    private @Nullable RelayDriver driver;

    Call(Engine engine, SerialLoop loop) {
        this.engine = engine;
        this.loop = loop;
    }

    /** Who carries it out; told once, before anything else. */
    void driver(RelayDriver carrier) {
        driver = carrier;
    }

    void begin() {
        RelayDriver carrier = driver();
        engine.begins(this);
        loop.execute(carrier::begin);
        engine.begun(this);
    }

    /** The caller does not want it any more: the upstream is cancelled. Idempotent. */
    void cancel() {
        driver().clientGone();
    }

    /** The router is closed. */
    void shutdown() {
        driver().shutdown();
    }

    private RelayDriver driver() {
        return Objects.requireNonNull(driver);
    }
}
