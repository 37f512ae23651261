package dev.midstream.simulation;

import dev.midstream.model.BlockKind;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Frame;
import dev.midstream.model.Json;
import dev.midstream.model.Seal;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.StreamEvent.Attached;
import dev.midstream.model.StreamEvent.BlockEnded;
import dev.midstream.model.StreamEvent.BlockStarted;
import dev.midstream.model.StreamEvent.ChoiceEnded;
import dev.midstream.model.StreamEvent.Delta;
import dev.midstream.model.StreamEvent.Malformed;
import dev.midstream.model.StreamEvent.Opened;
import dev.midstream.model.StreamEvent.Pinged;
import dev.midstream.model.StreamEvent.Signed;
import dev.midstream.model.StreamEvent.Terminated;
import dev.midstream.model.StreamEvent.UsageReported;
import dev.midstream.model.Usage;
import dev.midstream.simulation.Schedule.Pace;
import dev.midstream.simulation.WholeAnswer.Piece;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The simulated protocol: canonical events, grouped as a decoder would group them, on bytes that
 * name them.
 *
 * <p>What {@code StreamEvent} says of a decoder holds here: a block starts with its first content
 * and ends when the next one of its choice starts, or with its choice.
 */
final class SimFrames {

    static final String PROTOCOL = "sim";

    private final int attempt;
    private final Pace pace;
    private final RandomGenerator random;
    private final List<List<StreamEvent>> frames = new ArrayList<>();
    private int block;

    private SimFrames(int attempt, Pace pace, RandomGenerator random) {
        this.attempt = attempt;
        this.pace = pace;
        this.random = random;
    }

    /** The frames of a whole stream that says this. */
    static List<List<StreamEvent>> of(
            Utterance said, boolean breakCall, int attempt, Pace pace, RandomGenerator random) {
        SimFrames stream = new SimFrames(attempt, pace, random);
        stream.write(said, breakCall);
        return stream.frames;
    }

    private void write(Utterance said, boolean breakCall) {
        add(new Opened("answer-" + attempt, "model", 1_700_000_000L + attempt));
        if (said.pieces().stream().anyMatch(piece -> piece.choice() > 0)) {
            choices(said);
        } else {
            blocks(said, breakCall);
        }
        usage();
        add(new Terminated());
    }

    /** Several choices come side by side, as chat sends them: one block each. */
    private void choices(Utterance said) {
        int[] from = new int[said.pieces().size()];
        for (Piece piece : said.pieces()) {
            int number = block++;
            from[number] = cut(piece.text(), 0);
            frames.add(new ArrayList<>(List.of(start(number, piece))));
            frames.getLast().add(new Delta(number, piece.text().substring(0, from[number])));
        }
        for (int open = from.length; open > 0; ) {
            int number = random.nextInt(from.length);
            Piece piece = said.pieces().get(number);
            if (from[number] < piece.text().length()) {
                int to = cut(piece.text(), from[number]);
                add(new Delta(number, piece.text().substring(from[number], to)));
                from[number] = to;
            } else if (from[number]++ == piece.text().length()) {
                add(new BlockEnded(number));
                add(new ChoiceEnded(piece.choice(), said.finish(), null));
                open--;
            }
        }
    }

    private void blocks(Utterance said, boolean breakCall) {
        boolean broken = !breakCall;
        List<Piece> calls = new ArrayList<>();
        for (Piece piece : said.pieces()) {
            boolean breaks = !broken && piece.kind() == BlockKind.TOOL_CALL;
            broken |= breaks;
            Piece told = breaks ? piece.withText(brokenOff(piece.text())) : piece;
            clutter();
            if (piece.kind() == BlockKind.TOOL_CALL) {
                calls.add(told);
            } else {
                block(told);
            }
        }
        calls(calls);
        end(said.finish());
    }

    /** Tool calls come one after the other, or in turns, which chat allows. */
    private void calls(List<Piece> calls) {
        if (!pace.inTurns() || calls.size() < 2) {
            calls.forEach(this::block);
            return;
        }
        int first = block;
        int[] from = new int[calls.size()];
        for (Piece call : calls) {
            add(start(block++, call));
        }
        for (int open = calls.size(); open > 0; ) {
            int at = random.nextInt(calls.size());
            String arguments = calls.get(at).text();
            if (from[at] < arguments.length()) {
                int to = cut(arguments, from[at]);
                add(new Delta(first + at, arguments.substring(from[at], to)));
                from[at] = to;
            } else if (from[at]++ == arguments.length()) {
                open--;
            }
        }
        for (int at = 0; at < calls.size(); at++) {
            add(new BlockEnded(first + at));
        }
    }

    private static String brokenOff(String arguments) {
        return arguments.substring(0, arguments.length() - 1);
    }

    private void end(FinishReason finish) {
        ChoiceEnded ended = new ChoiceEnded(0, finish, null);
        List<StreamEvent> before = frames.getLast();
        if (before.getLast() instanceof BlockEnded && random.nextBoolean()) {
            before.add(ended);
        } else {
            add(ended);
        }
    }

    private void usage() {
        UsageReported usage = new UsageReported(Usage.of(10, 20 + attempt));
        if (random.nextBoolean()) {
            frames.getLast().add(usage);
        } else {
            add(usage);
        }
    }

    private void block(Piece piece) {
        int number = block++;
        List<StreamEvent> frame = new ArrayList<>();
        frame.add(start(number, piece));
        boolean together = piece.kind() != BlockKind.TOOL_CALL || random.nextBoolean();
        if (!together) {
            frames.add(frame);
            frame = new ArrayList<>();
        }
        boolean opaque = piece.kind() == BlockKind.OPAQUE;
        if (opaque) {
            frame.add(new Attached(number, new Json(piece.text())));
        }
        for (int from = 0; !opaque && from < piece.text().length(); ) {
            int to = cut(piece.text(), from);
            frame.add(new Delta(number, piece.text().substring(from, to)));
            frames.add(frame);
            frame = new ArrayList<>();
            from = to;
            clutter();
        }
        if (piece.kind() == BlockKind.REASONING && random.nextBoolean()) {
            add(new Signed(number, new Seal(Seal.CLAUDE, "signature")));
        }
        frame.add(new BlockEnded(number));
        frames.add(frame);
    }

    private StreamEvent start(int number, Piece piece) {
        return piece.kind() == BlockKind.TOOL_CALL
                ? BlockStarted.toolCall(
                        number, piece.choice(), "call-" + attempt + "-" + number, piece.tool())
                : BlockStarted.of(number, piece.choice(), piece.kind());
    }

    /** Whole code points: that much every provider's JSON keeps together. */
    private int cut(String text, int from) {
        int to = Math.min(text.length(), from + 1 + random.nextInt(pace.longestPiece()));
        return to < text.length() && Character.isSurrogatePair(text.charAt(to - 1), text.charAt(to))
                ? to + 1
                : to;
    }

    private void clutter() {
        if (pace.clutter() && random.nextInt(8) == 0) {
            add(random.nextInt(4) == 0 ? new Malformed("not JSON") : new Pinged());
        }
    }

    private void add(StreamEvent event) {
        List<StreamEvent> frame = new ArrayList<>();
        frame.add(event);
        frames.add(frame);
    }

    /** What a frame's bytes have to be. */
    static byte[] bytes(List<StreamEvent> events) {
        return events.toString().getBytes(StandardCharsets.UTF_8);
    }

    static boolean bytesMatch(Frame frame) {
        List<StreamEvent> events = new ArrayList<>();
        for (int i = 0; i < frame.size(); i++) {
            events.add(frame.event(i));
        }
        byte[] due = bytes(events);
        return due.length == frame.length()
                && java.util.Arrays.equals(
                        due,
                        0,
                        due.length,
                        frame.bytes(),
                        frame.offset(),
                        frame.offset() + frame.length());
    }
}
