package dev.midstream.gateway.traces;

import dev.midstream.driver.Outcome;
import dev.midstream.gateway.log.RequestLine;
import dev.midstream.model.Failure;
import dev.midstream.model.SeamGrade;
import dev.midstream.model.Usage;
import dev.midstream.protocol.ErrorReport;
import dev.midstream.relay.Summary;
import dev.midstream.relay.Summary.Attempt;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The spans of one request. */
final class Spans {

    private static final int LONGEST_MODEL = 200;
    private static final int CLIENT_GONE = 499;

    private final Tracer tracer;
    private final RequestLine line;

    Spans(Tracer tracer, RequestLine line) {
        this.tracer = tracer;
        this.line = line;
    }

    /**
     * @param parent what the client's own trace says
     */
    void make(Context parent, Outcome outcome, long nowNanos) {
        String route = Names.route(line.protocol());
        Span server =
                tracer.spanBuilder("POST " + route)
                        .setSpanKind(SpanKind.SERVER)
                        .setParent(parent)
                        .setStartTimestamp(line.began())
                        .setAttribute(Names.HTTP_METHOD, "POST")
                        .setAttribute(Names.ROUTE, route)
                        .setAttribute(Names.OPERATION, Names.operation(line.protocol()))
                        .setAttribute(Names.REQUEST_MODEL, cut(line.asked()))
                        .setAttribute(Names.CALL, line.callId())
                        .setAttribute(Names.GROUP, line.group())
                        .startSpan();
        Summary summary = outcome.summary();
        if (summary != null) {
            usage(server, summary.usage());
            dollars(server, summary.cost());
            Context own = parent.with(server);
            summary.attempts().forEach(attempt -> attempt(own, attempt, nowNanos));
            summary.attempts().forEach(attempt -> seam(server, attempt));
        }
        outcome(server, outcome);
        server.end(at(nowNanos));
    }

    private static void outcome(Span server, Outcome outcome) {
        switch (outcome) {
            case Outcome.Completed done -> {
                server.setAttribute(Names.OUTCOME, "completed");
                server.setAttribute(Names.STATUS, 200L);
            }
            case Outcome.Abandoned left -> {
                server.setAttribute(Names.OUTCOME, "client_gone");
                server.setAttribute(Names.STATUS, (long) CLIENT_GONE);
            }
            case Outcome.Failed failed -> {
                ErrorReport report = failed.report();
                server.setAttribute(Names.OUTCOME, report.delivered() ? "broken" : "failed");
                server.setAttribute(Names.STATUS, (long) report.status());
                server.setAttribute(Names.ERROR, report.first().cause());
                server.setStatus(StatusCode.ERROR, report.first().cause());
            }
        }
    }

    /** What the client saw of a break: the first content after it. */
    private void seam(Span server, Attempt attempt) {
        long gap = attempt.delivery().gapNanos();
        if (gap > 0) {
            Attributes told =
                    Attributes.of(
                            Names.GAP,
                            gap / 1e9,
                            Names.METHOD,
                            attempt.method().word(),
                            Names.ATTEMPT,
                            (long) attempt.number());
            server.addEvent("midstream.seam", told, at(attempt.delivery().firstNanos()));
        }
    }

    private void attempt(Context parent, Attempt attempt, long nowNanos) {
        String operation = Names.operation(attempt.face().protocol());
        String model = attempt.face().target().model();
        Span span =
                tracer.spanBuilder(operation + " " + model)
                        .setSpanKind(SpanKind.CLIENT)
                        .setParent(parent)
                        .setStartTimestamp(at(attempt.startedNanos()))
                        .setAttribute(Names.OPERATION, operation)
                        .setAttribute(
                                Names.PROVIDER, Names.provider(attempt.face().target().provider()))
                        .setAttribute(Names.REQUEST_MODEL, model)
                        .setAttribute(Names.RESPONSE_MODEL, cut(attempt.model()))
                        .setAttribute(Names.DEPLOYMENT, attempt.deployment())
                        .setAttribute(Names.GROUP, attempt.group())
                        .setAttribute(Names.ATTEMPT, (long) attempt.number())
                        .setAttribute(Names.METHOD, attempt.method().word())
                        .startSpan();
        address(span, attempt.face().endpoint().plain());
        usage(span, attempt.usage());
        dollars(span, attempt.cost());
        grade(span, attempt.grade());
        events(span, attempt);
        span.end(at(attempt.endedNanos() == 0 ? nowNanos : attempt.endedNanos()));
    }

    private void events(Span span, Attempt attempt) {
        String requestId = attempt.requestId();
        if (requestId != null) {
            span.setAttribute(Names.REQUEST_ID, requestId);
        }
        if (attempt.firstTokenNanos() != 0) {
            span.addEvent("midstream.first_token", at(attempt.firstTokenNanos()));
        }
        Failure failure = attempt.failure();
        if (failure == null) {
            return;
        }
        span.setAttribute(Names.ERROR, failure.cause());
        span.setStatus(StatusCode.ERROR, failure.cause());
        if (failure instanceof Failure.Refused refused) {
            span.setAttribute(Names.STATUS, (long) refused.error().status());
        }
        if (attempt.delivery().firstNanos() != 0) {
            Attributes cause = Attributes.of(Names.CAUSE, failure.cause());
            span.addEvent("midstream.break", cause, at(attempt.endedNanos()));
        }
    }

    private static void address(Span span, URI url) {
        String host = url.getHost();
        if (host != null) {
            span.setAttribute(Names.SERVER, host);
            int usual = "http".equals(url.getScheme()) ? 80 : 443;
            span.setAttribute(Names.PORT, (long) (url.getPort() < 0 ? usual : url.getPort()));
        }
    }

    private static void grade(Span span, @Nullable SeamGrade grade) {
        if (grade != null) {
            span.setAttribute(Names.GRADE, grade.name().toLowerCase(Locale.ROOT));
        }
    }

    private static void usage(Span span, Usage usage) {
        count(span, Names.INPUT, usage.input());
        count(span, Names.OUTPUT, usage.output());
        count(span, Names.CACHE_READ, usage.cacheRead());
        count(span, Names.CACHE_WRITE, usage.cacheWrite());
    }

    private static void count(Span span, AttributeKey<Long> name, int tokens) {
        if (tokens != Usage.UNKNOWN) {
            span.setAttribute(name, (long) tokens);
        }
    }

    private static void dollars(Span span, @Nullable Double cost) {
        if (cost != null) {
            span.setAttribute(Names.COST, cost);
        }
    }

    private Instant at(long nanos) {
        return line.began().plusNanos(Math.max(0, nanos - line.beganNanos()));
    }

    private static String cut(String name) {
        return name.length() <= LONGEST_MODEL ? name : name.substring(0, LONGEST_MODEL);
    }
}
