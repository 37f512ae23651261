package dev.midstream.simulation;

import dev.midstream.model.Failure;
import dev.midstream.model.Frame;
import dev.midstream.relay.Decision;
import dev.midstream.relay.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An engine whose steps are altered on their way out. */
class Saboteur implements Engine {

    private final Engine engine;
    private final UnaryOperator<List<Step>> alters;

    Saboteur(Engine engine, UnaryOperator<List<Step>> alters) {
        this.engine = engine;
        this.alters = alters;
    }

    /** Alters each step by itself; what becomes null is left out. */
    static Saboteur each(Engine engine, UnaryOperator<@Nullable Step> alters) {
        return new Saboteur(
                engine,
                steps -> {
                    List<Step> altered = new ArrayList<>();
                    for (Step step : steps) {
                        Step other = alters.apply(step);
                        if (other != null) {
                            altered.add(other);
                        }
                    }
                    return altered;
                });
    }

    @Override
    public List<Step> begin(long now) {
        return alters.apply(engine.begin(now));
    }

    @Override
    public List<Step> answering(int attempt, long now) {
        return alters.apply(engine.answering(attempt, now));
    }

    @Override
    public List<Step> frame(int attempt, Frame frame, long now) {
        return alters.apply(engine.frame(attempt, frame, now));
    }

    @Override
    public List<Step> ended(int attempt, @Nullable Failure failure, long now) {
        return alters.apply(engine.ended(attempt, failure, now));
    }

    @Override
    public List<Step> wake(long now) {
        return alters.apply(engine.wake(now));
    }

    @Override
    public List<Step> decided(Decision decision, long now) {
        return alters.apply(engine.decided(decision, now));
    }

    @Override
    public List<Step> clientGone(long now) {
        return alters.apply(engine.clientGone(now));
    }

    @Override
    public List<Step> writable(boolean takes, long now) {
        return alters.apply(engine.writable(takes, now));
    }
}
