package dev.midstream.gateway.cli;

import dev.midstream.driver.Outcome;
import dev.midstream.gateway.log.Refusal;
import dev.midstream.gateway.log.RequestLine;
import dev.midstream.gateway.log.RequestLog;
import dev.midstream.model.Failure;
import dev.midstream.relay.Summary;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells people what became of each request. Thread-safe. */
final class DemoLog implements RequestLog {

    private final PrintWriter out;
    private final AtomicInteger number = new AtomicInteger();

    DemoLog(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void ended(RequestLine line, Outcome outcome, long nowNanos) {
        StringBuilder text = new StringBuilder();
        text.append("request ")
                .append(number.incrementAndGet())
                .append(": ")
                .append(word(outcome))
                .append('\n');
        Summary summary = outcome.summary();
        if (summary != null) {
            summary.attempts()
                    .forEach(attempt -> text.append("  ").append(told(attempt)).append('\n'));
        }
        Thread.ofVirtual().start(() -> print(text.toString()));
    }

    @Override
    public void refused(Refusal refusal) {
        String text =
                "request "
                        + number.incrementAndGet()
                        + ": refused with status "
                        + refusal.status()
                        + "\n";
        Thread.ofVirtual().start(() -> print(text));
    }

    private void print(String text) {
        synchronized (out) {
            out.print(text);
            out.flush();
        }
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Completed done -> "the client has one whole answer";
            case Outcome.Failed failed -> "the client was told: " + failed.report().message();
            case Outcome.Abandoned left -> "the client left";
        };
    }

    private static String told(Summary.Attempt attempt) {
        String who = "attempt " + attempt.number() + ", " + attempt.group() + ", ";
        String how = attempt.method().word().replace('_', ' ');
        var grade = attempt.grade();
        String seam = grade == null ? "" : "; seam " + grade.name().toLowerCase(Locale.ROOT);
        return who + how + seam + ": " + end(attempt.failure());
    }

    private static String end(@org.jspecify.annotations.Nullable Failure failure) {
        return failure == null ? "went through" : failure.cause() + " (" + failure.message() + ")";
    }
}
