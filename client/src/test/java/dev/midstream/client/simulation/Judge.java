package dev.midstream.client.simulation;

import dev.midstream.client.Answer;
import dev.midstream.client.AnswerFailedException;
import dev.midstream.client.AttemptReport;
import dev.midstream.client.CancelledException;
import dev.midstream.client.JsonEvent;
import dev.midstream.client.MidstreamException;
import dev.midstream.client.RouterClosedException;
import dev.midstream.model.BlockKind;
import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import dev.midstream.model.StreamEvent;
import dev.midstream.routing.DeploymentState;
import dev.midstream.testkit.assertion.Events;
import dev.midstream.testkit.assertion.Streams;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Judges a world that was played to its end by what the library promises. */
final class Judge {

    private static final Pattern TOLD = Pattern.compile("(ST?C?FD?)*(ST?C?)?E");

    private final World world;
    private final Schedule schedule;
    private final Taker<?> taker;
    private final Telling telling;

    private Judge(World world) {
        this.world = world;
        this.schedule = world.schedule;
        this.taker = world.taker;
        this.telling = world.telling;
    }

    /**
     * @throws Violation if a promise was broken
     */
    static void judge(World world) {
        Judge judge = new Judge(world);
        try {
            judge.ends();
            judge.items();
            judge.listener();
            judge.failures();
            judge.leftovers();
        } catch (AssertionError | IllegalStateException broken) {
            throw new Violation(broken.getMessage());
        }
    }

    // -------------------------------------------------------------------------------- how it ended

    private void ends() {
        Violation.unless(taker.over(), "whoever took the answer was never told of its end");
        Throwable failure = taker.failure;
        if (failure == null) {
            return;
        }
        Violation.unless(
                failure instanceof MidstreamException, "it failed by " + failure + " in the end");
        Violation.unless(
                !(failure instanceof RouterClosedException) || world.closed,
                "the router is open, and was said to be closed");
        Violation.unless(
                !(failure instanceof CancelledException) || taker.left,
                "nobody cancelled, but " + failure);
        if (failure instanceof AnswerFailedException failed) {
            failed(failed);
        }
    }

    private void failed(AnswerFailedException failed) {
        Violation.unless(!telling.failures.isEmpty(), "it failed although no attempt did");
        Violation.unless(
                failed.attempts().size() == telling.numbers.size(),
                "the exception does not tell all attempts");
        List<Failure> told = telling.failures.stream().map(Telling.Failed::failure).toList();
        Violation.unless(
                told.contains(failed.failure())
                        || failed.failure() instanceof Failure.DeadlinePassed,
                "the failure is none that any attempt ended in: " + failed.failure());
        Failure first = first(told);
        Violation.unless(
                first == null || failed.failure().equals(first),
                "not the first failure " + first + " but " + failed.failure());
        causes(failed);
    }

    /**
     * A request that was refused for its form is a lesson, and no failure of the answer where there
     * is another one.
     */
    private static @Nullable Failure first(List<Failure> told) {
        return told.stream().filter(failure -> !lesson(failure)).findFirst().orElse(null);
    }

    private static boolean lesson(Failure failure) {
        return failure instanceof Failure.Refused refused
                && (refused.error().errorClass() == ErrorClass.PREFILL_REFUSED
                        || refused.error().errorClass() == ErrorClass.PROTOCOL_REFUSED);
    }

    private void causes(AnswerFailedException failed) {
        Deciding deciding = world.deciding;
        Throwable policy = deciding == null ? null : deciding.threw;
        List<Throwable> thrown =
                failed.attempts().stream()
                        .map(AttemptReport::thrown)
                        .filter(t -> t != null)
                        .toList();
        if (policy != null) {
            Violation.unless(
                    same(failed.getCause(), policy), "what the policy threw is not the cause");
        } else if (!thrown.isEmpty() && !(failed.getCause() instanceof NullPointerException)) {
            Violation.unless(
                    same(failed.getCause(), thrown.getFirst()),
                    "what the transport threw is not the cause but " + failed.getCause());
        }
        for (Throwable one : thrown) {
            Violation.unless(
                    same(failed.getCause(), one) || List.of(failed.getSuppressed()).contains(one),
                    "what was thrown is lost: " + one);
        }
    }

    @SuppressWarnings("ReferenceEquality") // that very object
    private static boolean same(@Nullable Throwable one, @Nullable Throwable other) {
        return one == other;
    }

    // ------------------------------------------------------------------------------- what was said

    private void items() {
        switch (schedule.face()) {
            case BLOCKING, SUBSCRIBED -> canonical();
            case WHOLE -> taker.items.forEach(answer -> whole((Answer) answer));
            case JSON_BLOCKING, JSON_SUBSCRIBED -> json();
            case JSON_WHOLE -> {
                Violation.unless(taker.items.size() == (taker.whole ? 1 : 0), "not one document");
                taker.items.forEach(
                        document ->
                                Violation.unless(
                                        document.toString().contains("midstream")
                                                || world.restarted(),
                                        "the document does not tell the story"));
            }
        }
    }

    private void canonical() {
        List<StreamEvent> events = taker.items.stream().map(StreamEvent.class::cast).toList();
        String text = text(events);
        Events check = Events.of(events);
        if (!taker.whole) {
            check.areInOrder();
            Violation.unless(
                    schedule.story().startsWith(text) || world.restarted(),
                    "what was said is no beginning: " + text);
            if (taker.failure instanceof AnswerFailedException failed) {
                check.areBrokenOff();
                Violation.unless(
                        failed.text().equals(text), "the exception does not tell what was said");
            }
            return;
        }
        check.areOneWholeAnswer();
        Violation.unless(
                schedule.story().equals(text) || world.restarted(),
                "not the whole answer: " + text);
        if (!world.restarted()) {
            check.finishWith(schedule.finish());
            check.callTools(schedule.tools().toArray(String[]::new));
        }
        if (taker.answer != null) {
            whole(taker.answer);
        }
    }

    /**
     * The text behind the last restart. What a model says that was asked to start over is its
     * affair: it may be another answer.
     */
    private static String text(List<StreamEvent> events) {
        StringBuilder text = new StringBuilder();
        BitSet texts = new BitSet();
        for (StreamEvent event : events) {
            switch (event) {
                case StreamEvent.BlockStarted start ->
                        texts.set(start.block(), start.kind() == BlockKind.TEXT);
                case StreamEvent.Delta delta ->
                        text.append(texts.get(delta.block()) ? delta.text() : "");
                case StreamEvent.Restarted restarted -> text.setLength(0);
                default -> {}
            }
        }
        return text.toString();
    }

    private void whole(Answer answer) {
        Violation.unless(
                answer.text().equals(schedule.story()) || world.restarted(),
                "not the whole answer: " + answer.text());
        Violation.unless(
                world.restarted() || schedule.finish() == answer.finishReason(),
                "finished as " + answer.finishReason());
        Violation.unless(
                answer.report().attempts().size() == telling.numbers.size(),
                "the answer does not tell all attempts");
    }

    private void json() {
        StringBuilder stream = new StringBuilder();
        for (Object item : taker.items) {
            JsonEvent event = (JsonEvent) item;
            if (!event.name().isEmpty()) {
                stream.append("event: ").append(event.name()).append('\n');
            }
            stream.append("data: ").append(event.data()).append("\n\n");
        }
        if (taker.whole) {
            var check = Streams.of(schedule.asked(), stream.toString()).isWhole();
            if (!world.restarted()) {
                check.hasText(schedule.story()).callsTools(schedule.tools().toArray(String[]::new));
            }
        }
    }

    // ------------------------------------------------------------------------------- the listener

    private void listener() {
        String told = telling.letters.toString();
        if (told.isEmpty()) {
            Violation.unless(world.wire.sent.isEmpty(), "listeners are told nothing");
            return;
        }
        Violation.unless(TOLD.matcher(told).matches(), "listeners are told " + told);
        Violation.unless(
                telling.numbers.equals(
                        IntStream.rangeClosed(1, telling.numbers.size()).boxed().toList()),
                "attempts are numbered " + telling.numbers);
        int asked = world.wire.sent.size() + world.own.asked;
        boolean unsent = world.closed || taker.left;
        Violation.unless(
                telling.numbers.size() == asked || unsent && telling.numbers.size() == asked + 1,
                telling.numbers.size()
                        + " attempts are told of "
                        + world.wire.sent.size()
                        + " + "
                        + world.own.asked);
        boolean failed = telling.failure != null;
        Violation.unless(
                taker.whole ? !failed : failed || taker.left,
                "listeners are told another end: " + telling.failure);
    }

    /** Each failure that is told has happened. */
    private void failures() {
        List<String> order = new ArrayList<>();
        int wired = 0;
        for (String group : telling.started) {
            order.add(group.equals("own") ? "own" : String.valueOf(wired++));
        }
        for (Telling.Failed failed : telling.failures) {
            String which = order.get(failed.number() - 1);
            int place = which.equals("own") ? 0 : Integer.parseInt(which);
            if (place == world.wire.sent.size()) {
                Violation.unless(
                        failed.failure() instanceof Failure.ShuttingDown,
                        "failed and never sent: " + failed.failure());
            } else if (!which.equals("own")) {
                explained(failed, world.wire.sent.get(place));
            }
        }
    }

    private void explained(Telling.Failed failed, Sent sent) {
        Failure failure = failed.failure();
        boolean always =
                lesson(failure)
                        || failure instanceof Failure.TimedOut
                        || failure instanceof Failure.ShuttingDown
                        || failure instanceof Failure.DeadlinePassed;
        boolean continuation = failed.number() > 1 && !sent.mishap.beforeContent();
        Violation.unless(
                always || continuation || sent.mishap.explains(failure),
                sent.mishap + " was told as " + failure);
        Violation.unless(
                failed.thrown() == null || same(failed.thrown(), sent.thrown()),
                "another exception was told than was thrown");
    }

    // --------------------------------------------------------------------------------- leftovers

    private void leftovers() {
        Violation.unless(world.router().activeCalls() == 0, "a call is left");
        Violation.unless(world.clock.pending() == 0, "a timer is left");
        Violation.unless(world.wire.open().isEmpty(), "a request is left");
        Violation.unless(world.own.open == 0, "a provider still answers");
        for (DeploymentState state : world.insides.deployments(world.clock.nanos())) {
            Violation.unless(state.inFlight() == 0, "in flight at " + state.id());
        }
        List<String> bugs = world.bugs.stream().filter(bug -> !bug.contains("'s own")).toList();
        Violation.unless(
                bugs.stream().allMatch(bug -> bug.contains("threw when it was cancelled")),
                "bugs: " + bugs);
    }
}
