package dev.midstream.routing;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A deployment as it is known at one time. */
record Seen(Deployment deployment, Health health, long now) implements Strategy.View {

    @Override
    public int inFlight() {
        return health.load().inFlight();
    }

    @Override
    public long tokensThisMinute() {
        return health.load().tokens(now);
    }

    @Override
    public @Nullable Double firstToken(Duration within) {
        return health.firstToken().mean(within, now);
    }

    @Override
    public @Nullable Double perToken(Duration within) {
        return health.perToken().mean(within, now);
    }
}
