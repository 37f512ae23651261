package dev.midstream.client.simulation;

import dev.midstream.client.CallOptions;
import dev.midstream.client.Insides;
import dev.midstream.client.JsonRouter;
import dev.midstream.client.Router;
import dev.midstream.client.spi.Provider;
import dev.midstream.driver.Journal;
import dev.midstream.model.Request;
import dev.midstream.routing.RouterConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Plays one schedule: whoever can do something gets a turn, in random order; when nobody can, time
 * moves on to the next timer.
 */
final class World implements Journal {

    private static final int MOST_TURNS = 50_000;
    private static final Map<String, RouterConfig> CONFIGS = new ConcurrentHashMap<>();

    final Schedule schedule;
    final HandClock clock = new HandClock();
    final HandThreads threads = new HandThreads();
    final Wire wire;
    final Own own;
    final Telling telling;
    final @Nullable Deciding deciding;
    final Insides insides;
    final List<String> bugs = new ArrayList<>();
    Taker<?> taker;
    boolean closed;
    boolean threw;
    private final RandomGenerator random;
    private @Nullable Violation elsewhere;
    private int mischief;
    private int leavesAt;
    private int closesAt;
    private int turns;

    private World(long seed) {
        random = random(seed);
        schedule = new Schedule(seed, random);
        wire = new Wire(schedule, random);
        own = new Own(schedule.story(), random);
        telling = new Telling(this::within);
        deciding = random.nextBoolean() ? new Deciding(random, telling::over) : null;
        mischief = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 0;
        leavesAt = random.nextInt(4) == 0 ? random.nextInt(80) : -1;
        closesAt = random.nextInt(10) == 0 ? random.nextInt(80) : -1;
        insides =
                new Insides(
                        config(),
                        wire,
                        clock,
                        plugged(),
                        List.of(telling),
                        deciding,
                        threads,
                        this);
    }

    static RandomGenerator random(long seed) {
        return new SplittableRandom(seed ^ 0x5DEECE66DL);
    }

    private Map<String, Provider> plugged() {
        return schedule.plugged() ? Map.of("mine", own) : Map.of();
    }

    private RouterConfig config() {
        return CONFIGS.computeIfAbsent(schedule.yaml(), yaml -> Insides.config(yaml, plugged()));
    }

    /**
     * Plays a schedule to its end.
     *
     * @throws Violation if a promise was broken while it was played
     */
    static World play(long seed) {
        World world = new World(seed);
        world.play();
        return world;
    }

    private void play() {
        ask();
        while (!(taker.over() && quiet())) {
            Violation.unless(turns++ < MOST_TURNS, "it does not come to an end");
            leaveOrClose();
            turn();
            raise();
        }
        Violation.unless(router().activeCalls() == 0, "a call runs after its end");
        if (random.nextBoolean()) {
            close();
        } else {
            runOut();
        }
        raise();
    }

    private boolean quiet() {
        return threads.idle() && router().activeCalls() == 0;
    }

    /** Whether the answer may have been started over in the caller's sight. */
    boolean restarted() {
        return deciding != null && deciding.restarted;
    }

    Router router() {
        return insides.router;
    }

    // ------------------------------------------------------------------------------------ asking

    private void ask() {
        Request request = Request.to("chat").user("Tell me a story").build();
        CallOptions options = CallOptions.NONE;
        JsonRouter json =
                switch (schedule.asked()) {
                    case CHAT -> router().chat();
                    case MESSAGES -> router().messages();
                    case RESPONSES -> router().responses();
                };
        boolean interrupted = random.nextBoolean();
        taker =
                switch (schedule.face()) {
                    case BLOCKING ->
                            new Taker.Iterating<>(router().stream(request, options), interrupted);
                    case SUBSCRIBED -> subscribed(router().streamAsync(request, options));
                    case WHOLE ->
                            new Taker.Future<>(router().completeAsync(request, options), random);
                    case JSON_BLOCKING ->
                            new Taker.Iterating<>(json.stream(body(), options), interrupted);
                    case JSON_SUBSCRIBED -> subscribed(json.streamAsync(body(), options));
                    case JSON_WHOLE ->
                            new Taker.Future<>(json.completeAsync(body(), options), random);
                };
    }

    private <T> Taker<T> subscribed(Flow.Publisher<T> publisher) {
        Taker.Subscriber<T> subscriber = new Taker.Subscriber<>(random, this::withinSubscriber);
        taker = subscriber;
        publisher.subscribe(subscriber);
        return subscriber;
    }

    private String body() {
        String messages =
                schedule.asked() == dev.midstream.testkit.Protocol.RESPONSES
                        ? "\"input\":\"Tell me a story\""
                        : "\"messages\":[{\"role\":\"user\",\"content\":\"Tell me a story\"}]";
        return "{\"model\":\"chat\"," + limit() + messages + "}";
    }

    private String limit() {
        return schedule.asked() == dev.midstream.testkit.Protocol.MESSAGES
                ? "\"max_tokens\":4096,"
                : "";
    }

    // ------------------------------------------------------------------------------------- turns

    private void turn() {
        List<Runnable> able = new ArrayList<>();
        if (!threads.idle()) {
            able.add(() -> threads.turn(random));
        }
        wire.open().stream().filter(Sent::able).forEach(sent -> able.add(sent::turn));
        if (own.able()) {
            able.add(own::turn);
        }
        if (taker.able()) {
            able.add(taker::turn);
        }
        if (able.isEmpty() || random.nextInt(400) == 0) {
            time(able.isEmpty());
        } else {
            clock.tick(random.nextInt(20_000_000));
            able.get(random.nextInt(able.size())).run();
        }
    }

    private void time(boolean needed) {
        if (clock.pending() > 0) {
            clock.ring();
        } else {
            Violation.unless(
                    !needed || taker.over() && quiet(),
                    "nobody can do anything, and no timer is due: " + state());
        }
    }

    private String state() {
        return "taker over "
                + taker.over()
                + " by "
                + taker.failure
                + ", active "
                + router().activeCalls()
                + ", told "
                + telling.letters
                + ", closed "
                + closed
                + ", open "
                + wire.open().size()
                + ", bugs "
                + bugs;
    }

    private void leaveOrClose() {
        if (turns >= leavesAt && leavesAt >= 0 && !taker.over()) {
            taker.leave();
            Violation.unless(router().activeCalls() == 0, "a call runs that nobody wants");
            leavesAt = -1;
        }
        if (turns >= closesAt && closesAt >= 0 && !closed) {
            close();
        }
    }

    private void close() {
        closed = true;
        router().close();
        router().close();
        Violation.unless(router().activeCalls() == 0, "a call outlives the router");
        Violation.unless(wire.open().isEmpty(), "a request outlives the router");
        Violation.unless(clock.pending() == 0, "a timer outlives the router");
    }

    /** Until nothing is left to happen. */
    private void runOut() {
        while (clock.pending() > 0
                || !threads.idle()
                || wire.open().stream().anyMatch(Sent::able)) {
            Violation.unless(turns++ < MOST_TURNS, "it is never quiet after its end");
            turn();
        }
    }

    // ---------------------------------------------------------------------------------- mischief

    /** What listeners do from within what they are told. */
    private void within() {
        if (mischief <= 0 || random.nextInt(6) > 0) {
            return;
        }
        mischief--;
        switch (random.nextInt(6)) {
            case 0 -> throw new IllegalStateException("a listener's own");
            case 1 -> throw new AssertionError("a listener's own");
            case 2 -> leave();
            case 3 -> {
                closed = true;
                router().close();
            }
            default -> meanwhile();
        }
    }

    private void withinSubscriber() {
        if (mischief <= 0 || random.nextInt(12) > 0) {
            return;
        }
        mischief--;
        switch (random.nextInt(4)) {
            case 0 -> {
                threw = true;
                throw new IllegalStateException("a subscriber's own");
            }
            case 1 -> leave();
            case 2 -> {
                closed = true;
                router().close();
            }
            default -> meanwhile();
        }
    }

    private void leave() {
        if (taker != null && !taker.over()) {
            taker.leave();
        }
    }

    /** Something else happens on another thread, before this one goes on. */
    private void meanwhile() {
        List<Sent> able = wire.open().stream().filter(Sent::able).toList();
        Thread other =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        able.forEach(Sent::turn);
                                    } catch (Violation e) {
                                        elsewhere = e;
                                    }
                                });
        boolean interrupted = false;
        while (other.isAlive()) {
            try {
                other.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // ----------------------------------------------------------------------------------- journal

    @Override
    public void warn(String message) {}

    @Override
    public void bug(String message, Throwable thrown) {
        if (thrown instanceof Violation violation) {
            elsewhere = violation;
        } else {
            bugs.add(message + ": " + thrown);
        }
    }

    private void raise() {
        if (elsewhere != null) {
            throw elsewhere;
        }
    }
}
