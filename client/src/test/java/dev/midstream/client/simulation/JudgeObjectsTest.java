package dev.midstream.client.simulation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.model.StreamEvent;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A judge that lets everything pass proves nothing: here the evidence is spoilt on purpose. */
class JudgeObjectsTest {

    /** A world that came to its end as promised, and is of this kind. */
    private static World world(Predicate<World> kind) {
        return LongStream.range(1, 3_000)
                .mapToObj(World::play)
                .filter(kind)
                .findFirst()
                .orElseThrow();
    }

    private static boolean canonical(World world) {
        return (world.schedule.face() == Schedule.Face.BLOCKING
                        || world.schedule.face() == Schedule.Face.SUBSCRIBED)
                && world.taker.items.stream().anyMatch(StreamEvent.Delta.class::isInstance);
    }

    private static boolean whole(World world) {
        return canonical(world) && world.taker.whole;
    }

    private static boolean failed(World world) {
        return canonical(world)
                && world.taker.failure != null
                && world.telling.failures.size() > 1
                && !world.closed;
    }

    private static boolean json(World world) {
        return world.schedule.face() == Schedule.Face.JSON_SUBSCRIBED && world.taker.whole;
    }

    private static int delta(List<?> items) {
        int at = items.size() / 2;
        while (!(items.get(at) instanceof StreamEvent.Delta)) {
            at--;
        }
        return at;
    }

    private static Arguments spoilt(String what, Predicate<World> kind, Consumer<World> spoiling) {
        return Arguments.of(Named.of(what, kind), spoiling);
    }

    @SuppressWarnings("unchecked")
    private static List<Object> items(World world) {
        return (List<Object>) world.taker.items;
    }

    static Stream<Arguments> spoilt() {
        return Stream.of(
                spoilt(
                        "a delta is lost",
                        JudgeObjectsTest::whole,
                        w -> items(w).remove(delta(items(w)))),
                spoilt(
                        "a delta comes twice",
                        JudgeObjectsTest::whole,
                        w -> items(w).add(delta(items(w)), items(w).get(delta(items(w))))),
                spoilt("the opening is lost", JudgeObjectsTest::whole, w -> items(w).removeFirst()),
                spoilt("the end is lost", JudgeObjectsTest::whole, w -> items(w).removeLast()),
                spoilt(
                        "the end comes after a failure",
                        JudgeObjectsTest::failed,
                        w -> items(w).add(new StreamEvent.Terminated())),
                spoilt("an event of JSON is lost", JudgeObjectsTest::json, w -> items(w).remove(1)),
                spoilt(
                        "nobody is told of the end",
                        JudgeObjectsTest::failed,
                        w -> w.taker.failure = null),
                spoilt(
                        "another exception than the library's",
                        JudgeObjectsTest::failed,
                        w -> w.taker.failure = new IllegalStateException("oops")),
                spoilt(
                        "not the first failure",
                        JudgeObjectsTest::failed,
                        w -> w.telling.failures.removeFirst()),
                spoilt(
                        "a listener is not told of an end",
                        JudgeObjectsTest::whole,
                        w -> w.telling.letters.setLength(w.telling.letters.length() - 1)),
                spoilt(
                        "a listener is told of the end twice",
                        JudgeObjectsTest::whole,
                        w -> w.telling.letters.append('E')),
                spoilt(
                        "a listener is not told of a failure",
                        JudgeObjectsTest::failed,
                        w -> w.telling.letters.deleteCharAt(w.telling.letters.indexOf("F"))),
                spoilt(
                        "a listener is told of an attempt that was not made",
                        JudgeObjectsTest::whole,
                        w -> w.telling.numbers.add(w.telling.numbers.size() + 1)),
                spoilt("a timer is left", JudgeObjectsTest::whole, w -> w.clock.after(1, () -> {})),
                spoilt(
                        "a request is left",
                        JudgeObjectsTest::whole,
                        w ->
                                w.wire.sent.add(
                                        new Sent(99, "one", Mishap.NONE, null, World.random(1)))),
                spoilt("a provider is left", JudgeObjectsTest::whole, w -> w.own.open = 1),
                spoilt(
                        "a bug was noted",
                        JudgeObjectsTest::whole,
                        w -> w.bug("call 1 ended by a bug", new NullPointerException())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void spoilt(Predicate<World> kind, Consumer<World> spoiling) {
        World world = world(kind);
        assertThatCode(() -> Judge.judge(world)).doesNotThrowAnyException();
        spoiling.accept(world);
        assertThatThrownBy(() -> Judge.judge(world)).isInstanceOf(Violation.class);
    }

    @Test
    void subscribersObjectToWhatTheyDidNotAskFor() {
        Taker.Subscriber<String> subscriber = new Taker.Subscriber<>(World.random(7), () -> {});
        assertThatThrownBy(() -> subscriber.onNext("early")).isInstanceOf(Violation.class);
        assertThatThrownBy(subscriber::onComplete).isInstanceOf(Violation.class);
    }
}
