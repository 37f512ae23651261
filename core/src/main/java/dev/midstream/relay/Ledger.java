package dev.midstream.relay;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import dev.midstream.model.Fault;
import dev.midstream.model.Message;
import dev.midstream.model.Method;
import dev.midstream.model.Part;
import dev.midstream.model.ProviderError;
import dev.midstream.model.Request;
import dev.midstream.model.Usage;
import dev.midstream.protocol.ErrorReport;
import dev.midstream.protocol.ErrorReport.AttemptReport;
import dev.midstream.seam.TokenEstimate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was tried and what it cost: the attempts of one request, the failure that surfaces, the
 * usage that is told.
 */
final class Ledger {

    private final Request request;
    private final List<Attempt> attempts = new ArrayList<>();
    private @Nullable Failure first;
    private int malformed;

    Ledger(Request request) {
        this.request = request;
    }

    void started(Attempt attempt) {
        attempts.add(attempt);
    }

    int count() {
        return attempts.size();
    }

    /** The attempt that was started last, null before the first. */
    @Nullable Attempt last() {
        return attempts.isEmpty() ? null : attempts.get(attempts.size() - 1);
    }

    /** What was shown is forgotten: it counts for nobody. */
    void startOver() {
        attempts.forEach(attempt -> attempt.served = false);
    }

    /** All attempts, as far as they are over. */
    List<DecisionPoint.Tried> tried() {
        List<DecisionPoint.Tried> tried = new ArrayList<>();
        for (Attempt a : attempts) {
            if (a.failure != null) {
                tried.add(
                        new DecisionPoint.Tried(
                                a.number, a.deployment.id(), a.group, a.method(), a.failure));
            }
        }
        return tried;
    }

    /** How often a continuation was asked for; one that only taught us how to ask is none. */
    int continuations() {
        return (int)
                attempts.stream()
                        .filter(a -> a.continues() && a.method() != Method.RESUME && !a.taught)
                        .count();
    }

    int fallbacks() {
        return (int) attempts.stream().filter(attempt -> attempt.fallback).count();
    }

    void malformed(int events) {
        malformed += events;
    }

    /** The first one surfaces; what only we did wrong on the way never does. */
    void failed(Failure failure) {
        if (first == null && !(failure instanceof Failure.SeamRejected)) {
            first = failure;
        }
    }

    Failure first(Failure otherwise) {
        return first != null ? first : otherwise;
    }

    Summary summary(Usage usage, boolean committed) {
        return new Summary(
                attempts.stream().map(attempt -> attempt.summary(this::prompt)).toList(),
                usage,
                committed,
                malformed);
    }

    /**
     * Usage toward the client: that of one seamless call. One attempt's own figures where it served
     * alone; else the original prompt and the released tokens, estimated where no upstream counted
     * them.
     */
    Usage usage() {
        List<Attempt> served = attempts.stream().filter(a -> a.served && !a.takenUp).toList();
        if (served.isEmpty()) {
            return Usage.NONE;
        }
        Attempt last = served.get(served.size() - 1);
        boolean whole = last.grade == null || last.method() == Method.RESUME;
        if (served.size() == 1 && whole && last.usage.told()) {
            return last.usage;
        }
        Usage opening = served.get(0).usage;
        int input = opening.input() != Usage.UNKNOWN ? opening.input() : prompt(last);
        long output = 0;
        for (Attempt attempt : served) {
            output += released(attempt, attempt == last);
        }
        return new Usage(
                input,
                (int) output,
                opening.cacheRead(),
                opening.cacheWrite(),
                opening.reasoning(),
                true);
    }

    /** The original prompt's tokens by what a later attempt told of its own; else by its texts. */
    private int prompt(Attempt last) {
        long told = last.usage.input() - texts(last.draft.appended());
        boolean plausible = last.usage.input() != Usage.UNKNOWN && told > 0;
        return plausible ? (int) told : prompt();
    }

    /** The original prompt's tokens by its texts. */
    private int prompt() {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, texts(request.messages())));
    }

    private static long texts(List<Message> messages) {
        long bytes = 0;
        for (Message message : messages) {
            for (Part part : message.parts()) {
                bytes += part instanceof Part.Text text ? TokenEstimate.utf8Bytes(text.text()) : 0;
            }
        }
        return TokenEstimate.tokensOfBytes(bytes);
    }

    private static long released(Attempt attempt, boolean last) {
        long estimate = TokenEstimate.tokensOfBytes(attempt.bytesAdded);
        int told = attempt.usage.output();
        if (!last || told == Usage.UNKNOWN) {
            return Math.max(estimate, attempt.grade == null ? told : 0);
        }
        int hidden = attempt.grade == null ? 0 : Math.max(0, attempt.usage.reasoning());
        return Math.max(0, told - hidden - TokenEstimate.tokensOfBytes(attempt.seamDropped));
    }

    ErrorReport report(
            Failure failure, boolean delivered, @Nullable Duration retryAfter, boolean retried) {
        ProviderError error = failure instanceof Failure.Refused r ? r.error() : null;
        Duration wait =
                error != null && error.retryAfter() != null ? error.retryAfter() : retryAfter;
        return new ErrorReport(
                status(failure),
                error != null && !error.type().isEmpty() ? error.type() : type(failure),
                error != null ? error.code() : code(failure),
                error != null ? error.param() : param(failure),
                failure.message(),
                failure,
                delivered,
                retryable(failure),
                wait,
                retried,
                attempts.stream().filter(a -> a.failure != null).map(Ledger::line).toList());
    }

    private static AttemptReport line(Attempt attempt) {
        Failure failure = attempt.failure;
        return switch (failure) {
            case null -> new AttemptReport(attempt.group, 0, "", null);
            case Failure.Refused refused ->
                    new AttemptReport(
                            attempt.group,
                            refused.error().status(),
                            failure.cause(),
                            refused.error().requestId());
            default -> new AttemptReport(attempt.group, 0, failure.cause(), null);
        };
    }

    private static int status(Failure failure) {
        return switch (failure) {
            case Failure.Refused refused -> refused.error().status();
            case Failure.Unusable unusable -> unusable.status();
            case Failure.Untranslatable u -> 400;
            case Failure.TimedOut t -> 504;
            case Failure.DeadlinePassed d -> 504;
            case Failure.ShuttingDown s -> 503;
            case Failure.Internal i -> 500;
            case Failure.NotConnected n -> 502;
            case Failure.Cut c -> 502;
            case Failure.Truncated t -> 502;
            case Failure.Garbled g -> 502;
            case Failure.BadEnd b -> 502;
            case Failure.SeamRejected s -> 502;
        };
    }

    private static String type(Failure failure) {
        return switch (status(failure)) {
            case 400 -> "invalid_request_error";
            case 401 -> "authentication_error";
            case 501 -> "not_implemented_error";
            case 504 -> "timeout_error";
            case 503 -> "overloaded_error";
            default -> "server_error";
        };
    }

    private static @Nullable String code(Failure failure) {
        return failure instanceof Failure.Refused ? null : "upstream_" + failure.cause();
    }

    private static @Nullable String param(Failure failure) {
        return failure instanceof Failure.Untranslatable u ? u.param() : null;
    }

    private static boolean retryable(Failure failure) {
        return switch (failure) {
            case Failure.Refused refused -> retryable(refused.error());
            case Failure.Untranslatable u -> false;
            case Failure.Unusable u -> false;
            case Failure.Internal i -> false;
            case Failure.NotConnected n -> true;
            case Failure.Cut c -> true;
            case Failure.Truncated t -> true;
            case Failure.TimedOut t -> true;
            case Failure.Garbled g -> true;
            case Failure.BadEnd b -> true;
            case Failure.SeamRejected s -> true;
            case Failure.DeadlinePassed d -> true;
            case Failure.ShuttingDown s -> true;
        };
    }

    private static boolean retryable(ProviderError error) {
        return error.errorClass().fault() == Fault.DEPLOYMENT
                && error.errorClass() != ErrorClass.NOT_FOUND;
    }
}
