package dev.midstream.gateway.driver;

import dev.midstream.driver.Client;
import dev.midstream.model.Frame;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.Usage;
import dev.midstream.protocol.AnswerEncoder;
import dev.midstream.protocol.ErrorReport;
import dev.midstream.relay.Head;
import dev.midstream.relay.Summary;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** An answer on its way to a client's connection, in the client's protocol. Event-loop confined. */
public final class EncodedAnswer implements Client {

    private final Call call;
    private final AnswerEncoder encoder;
    private final ClientLeg leg;
    private final String version;
    private final LongSupplier ticker;
    private Map<String, String> headers = Map.of();

    /**
     * @param version ours, for the response's head
     * @param ticker monotonic nanoseconds
     */
    public EncodedAnswer(Call call, ClientLeg leg, String version, LongSupplier ticker) {
        this.call = call;
        this.encoder = call.encoder();
        this.leg = leg;
        this.version = version;
        this.ticker = ticker;
    }

    @Override
    public void open(Writability told) {
        leg.open(!call.request().stream(), told);
    }

    @Override
    public void commit(Head head) {
        headers = ResponseHeaders.of(call, version, head, ticker.getAsLong());
        if (call.request().stream()) {
            leg.head(encoder.contentType(), headers);
        }
    }

    @Override
    public void frame(Frame frame) {
        encoder.frame(frame, leg);
    }

    @Override
    public void event(StreamEvent event) {
        encoder.event(event, leg);
    }

    @Override
    public void heartbeat() {
        encoder.heartbeat(leg);
    }

    @Override
    public void comment(String text) {
        encoder.comment(text, leg);
    }

    @Override
    public void reset() {
        encoder.reset();
        leg.reset();
    }

    @Override
    public void finish(Usage usage, Summary summary) {
        encoder.finish(usage, leg);
        if (call.request().stream()) {
            leg.finish();
        } else {
            leg.finishAssembled(
                    encoder.contentType(),
                    ResponseHeaders.whole(headers, call, summary, ticker.getAsLong()));
        }
    }

    @Override
    public void fail(ErrorReport report, @Nullable Summary summary, @Nullable Throwable bug) {
        if (leg.headSent()) {
            encoder.fail(report, leg);
            leg.finish();
        } else {
            byte[] body = call.protocol().error(report);
            leg.respond(
                    report.status(),
                    "application/json",
                    ResponseHeaders.of(call, version, report, ticker.getAsLong()),
                    body);
        }
    }

    @Override
    public void abandoned(Summary summary) {}

    @Override
    public boolean begun() {
        return leg.headSent();
    }

    @Override
    public void abort() {
        leg.finish();
    }

    @Override
    public void end() {
        leg.end();
    }
}
