package dev.midstream.protocol.responses;

import dev.midstream.json.Bytes;
import dev.midstream.json.JsonOut;
import dev.midstream.json.JsonSplice;
import dev.midstream.model.Frame;
import dev.midstream.model.Held;
import dev.midstream.model.Json;
import dev.midstream.model.Request;
import dev.midstream.model.Seal;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.StreamEvent.Opened;
import dev.midstream.model.Usage;
import dev.midstream.protocol.AnswerEncoder;
import dev.midstream.protocol.ByteSink;
import dev.midstream.protocol.ErrorEnvelope;
import dev.midstream.protocol.ErrorReport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes an answer as a stream of the Responses API.
 *
 * <p>Events of an upstream of the same protocol go as they came, under the client's id and numbered
 * on; all else, and all behind a seam, is told by events of ours that go on with the open item.
 * What no provider keeps as the client has seen it is handed over to be kept at the end.
 */
final class ResponsesStreamEncoder implements AnswerEncoder {

    private static final byte[] HEARTBEAT = ": midstream\n\n".getBytes(StandardCharsets.US_ASCII);

    private final Request request;
    private final KeptResponses kept;
    private final ResponseObject response;
    private final AnswerWriter writer;
    private final ForwardedEvents forwarded;
    private @Nullable Held held;
    private boolean altered;

    ResponsesStreamEncoder(
            Request request,
            ResponseIds ids,
            KeptResponses kept,
            Supplier<String> minted,
            long nowSeconds) {
        this.request = request;
        this.kept = kept;
        this.response = new ResponseObject(request, ids, minted, nowSeconds);
        this.writer =
                new AnswerWriter(
                        response,
                        minted,
                        () -> ResponsesRequestReader.declaredTools(request.body()));
        this.forwarded = new ForwardedEvents(writer, response);
    }

    @Override
    public String contentType() {
        return "text/event-stream; charset=utf-8";
    }

    @Override
    public void frame(Frame frame, ByteSink out) {
        noteHolder(frame);
        boolean ours = frame.verbatim() && frame.protocol().equals(ResponsesProtocol.NAME);
        if (ours && forwarded.forward(frame, out)) {
            return;
        }
        int upstreamIndex = ours ? forwarded.upstreamIndex() : AnswerItem.NOT_TOLD;
        for (int i = 0; i < frame.size(); i++) {
            tell(frame.event(i), upstreamIndex, out);
        }
    }

    private void noteHolder(Frame frame) {
        if (!response.known() && frame.event(0) instanceof Opened opened) {
            held = opened.held();
        }
    }

    @Override
    public void event(StreamEvent event, ByteSink out) {
        if (!response.known() && event instanceof Opened opened) {
            held = opened.held();
        }
        tell(event, AnswerItem.NOT_TOLD, out);
    }

    private void tell(StreamEvent event, int upstreamIndex, ByteSink out) {
        switch (event) {
            case Opened opened -> writer.open(opened, out);
            case StreamEvent.BlockStarted started -> {
                altered = true;
                writer.start(started, upstreamIndex, out);
            }
            case StreamEvent.Delta delta -> {
                altered = true;
                writer.delta(delta, out);
            }
            case StreamEvent.Signed signed -> writer.seal(signed.block(), signed.seal());
            case StreamEvent.BlockEnded ended -> writer.end(ended, out);
            case StreamEvent.Restarted restarted -> writer.restart(restarted.block(), out);
            case StreamEvent.ChoiceEnded ended -> {
                altered = true;
                writer.end(ended, out);
            }
            case StreamEvent.Attached attached -> {}
            case StreamEvent.UsageReported usage -> {}
            case StreamEvent.Terminated terminated -> {}
            case StreamEvent.Pinged pinged -> {}
            case StreamEvent.Malformed malformed -> {}
            case StreamEvent.Failed failed -> {}
        }
    }

    @Override
    public void heartbeat(ByteSink out) {
        out.write(HEARTBEAT);
    }

    @Override
    public void comment(String text, ByteSink out) {
        String line = text.replace('\r', ' ').replace('\n', ' ');
        out.write((": " + line + "\n\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void reset() {
        throw new IllegalStateException("A stream cannot start over");
    }

    /**
     * Takes an answer that came whole.
     *
     * @return the answer as the client is to get it
     */
    byte[] take(Frame body) {
        noteHolder(body);
        Deque<Seal> seals = new ArrayDeque<>();
        for (int i = 0; i < body.size(); i++) {
            switch (body.event(i)) {
                case Opened opened -> response.open(opened);
                case StreamEvent.Signed signed -> seals.add(signed.seal());
                default -> {}
            }
        }
        int from = body.offset();
        byte[] told = Arrays.copyOfRange(body.bytes(), from, from + body.length());
        JsonSplice whole = JsonSplice.of(response.edited(told));
        ShownResponse.sealOutput(whole, encrypted -> seals.poll());
        return whole.bytes();
    }

    /** Ends an answer that came whole. */
    void end(byte[] whole) {
        keep(whole, History.elements("output", whole));
    }

    @Override
    public void finish(Usage usage, ByteSink out) {
        end(usage, out);
    }

    /** Writes the end; the whole answer. */
    byte[] end(Usage usage, ByteSink out) {
        writer.begin(out);
        writer.closeAll(out);
        Frame terminal = forwarded.terminal();
        byte[] whole;
        if (terminal != null && !altered) {
            whole = withUsage(forwarded.ended(terminal), terminal, usage);
            forwarded.end(terminal, whole, out);
        } else {
            altered = true;
            whole = writer.whole(usage);
            String type =
                    writer.incompleteReason() == null
                            ? "response.completed"
                            : "response.incomplete";
            writer.lifecycle(type, whole, out);
        }
        keep(whole, writer.items.written());
        return whole;
    }

    /** The upstream's own figures, unless they are not what the whole answer took. */
    private static byte[] withUsage(byte[] object, Frame terminal, Usage usage) {
        for (int i = 0; i < terminal.size(); i++) {
            if (terminal.event(i) instanceof StreamEvent.UsageReported reported
                    && reported.usage().equals(usage)) {
                return object;
            }
        }
        return JsonSplice.of(object).set("usage", ResponseObject.written(usage)).bytes();
    }

    private void keep(byte[] whole, List<Json> output) {
        Json store = JsonSplice.of(request.body()).value("store");
        boolean wanted = store == null || !store.text().equals("false");
        if (wanted && (held == null || altered)) {
            kept.put(
                    new KeptResponse(
                            response.id(),
                            new Json(ResponseObject.text(whole)),
                            History.itemsOf(request.body()),
                            output,
                            request.previous()));
        }
    }

    @Override
    public void fail(ErrorReport report, ByteSink out) {
        writer.open(new Opened("", "", 0), out);
        JsonSplice envelope = JsonSplice.of(oneLine(ErrorEnvelope.write(report)));
        JsonOut json = writer.events.begin("error");
        Json error = Objects.requireNonNull(envelope.value("error"));
        json.member("error", error).nullable("code", report.code());
        json.member("message", report.message()).nullable("param", report.param());
        writer.events.send(out);
        String output = writer.items.outputSoFar();
        writer.lifecycle(
                "response.failed",
                response.ended("failed", null, reason(report), output, null),
                out);
    }

    private static byte[] oneLine(byte[] body) {
        for (int i = 0; i < body.length; i++) {
            body[i] = body[i] == '\n' || body[i] == '\r' ? (byte) ' ' : body[i];
        }
        return body;
    }

    private static String reason(ErrorReport report) {
        String code = report.code();
        if (code == null || code.isEmpty()) {
            code = report.status() == 429 ? "rate_limit_exceeded" : "server_error";
        }
        return new JsonOut(new Bytes(128))
                .open('{')
                .member("code", code)
                .member("message", report.message())
                .close('}')
                .bytes()
                .toString();
    }
}
