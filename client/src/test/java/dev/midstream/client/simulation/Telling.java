package dev.midstream.client.simulation;

import dev.midstream.client.Answer;
import dev.midstream.client.CallInfo;
import dev.midstream.client.MidstreamException;
import dev.midstream.client.RouterListener;
import dev.midstream.model.Draft;
import dev.midstream.model.Failure;
import dev.midstream.model.Method;
import dev.midstream.model.SeamGrade;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes down what listeners are told, a letter each, and does what it is told to from within. */
final class Telling implements RouterListener {

    /** A failed attempt. */
    record Failed(int number, Failure failure, @Nullable Throwable thrown) {}

    final StringBuilder letters = new StringBuilder();
    final List<String> started = new ArrayList<>();
    final List<Integer> numbers = new ArrayList<>();
    final List<Failed> failures = new ArrayList<>();
    private final Runnable within;
    @Nullable Answer delivered;
    @Nullable MidstreamException failure;

    /**
     * @param within done at the end of whatever is told; may throw
     */
    Telling(Runnable within) {
        this.within = within;
    }

    /** Whether the call has ended. */
    boolean over() {
        return letters.indexOf("E") >= 0;
    }

    private void tell(char letter) {
        letters.append(letter);
        within.run();
    }

    @Override
    public void attemptStarted(
            CallInfo call, int number, String deployment, String group, Draft draft) {
        numbers.add(number);
        started.add(group);
        tell('S');
    }

    @Override
    public void firstToken(CallInfo call, int number) {
        tell('T');
    }

    @Override
    public void attemptFailed(CallInfo call, int number, Failure why, @Nullable Throwable thrown) {
        failures.add(new Failed(number, why, thrown));
        tell('F');
    }

    @Override
    public void cooledDown(CallInfo call, String deployment, Duration time, Failure why) {
        tell('D');
    }

    @Override
    public void continued(CallInfo call, int number, Method method, @Nullable SeamGrade seam) {
        tell('C');
    }

    @Override
    public void ended(CallInfo call, Answer all, @Nullable MidstreamException why) {
        delivered = all;
        failure = why;
        tell('E');
    }
}
