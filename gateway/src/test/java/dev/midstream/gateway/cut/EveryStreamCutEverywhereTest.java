package dev.midstream.gateway.cut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.cut.Carried.Reply;
import dev.midstream.gateway.cut.Spoken.Kind;
import dev.midstream.gateway.cut.Spoken.Piece;
import dev.midstream.model.Draft;
import dev.midstream.model.Failure;
import dev.midstream.model.Message;
import dev.midstream.model.Part;
import dev.midstream.protocol.ClientProtocol;
import dev.midstream.protocol.InvalidRequest;
import dev.midstream.protocol.UpstreamProtocol;
import dev.midstream.protocol.chat.ChatProtocol;
import dev.midstream.protocol.messages.MessagesProtocol;
import dev.midstream.protocol.responses.ResponsesProtocol;
import dev.midstream.testkit.ChatStreamGrammar;
import dev.midstream.testkit.ChatTranscript;
import dev.midstream.testkit.MessagesStreamGrammar;
import dev.midstream.testkit.MessagesTranscript;
import dev.midstream.testkit.ResponsesStreamGrammar;
import dev.midstream.testkit.ResponsesTranscript;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each client over each upstream, whose stream ends at each of its events and at some places inside
 * each; a healthy fallback goes on, in one protocol after the other. What the client has is one
 * valid stream with the whole answer, or one that ends with the calls that were complete.
 */
@Execution(ExecutionMode.CONCURRENT)
class EveryStreamCutEverywhereTest {

    private static final Map<String, UpstreamProtocol> UPSTREAMS =
            Stream.of(new ChatProtocol(), new MessagesProtocol(), new ResponsesProtocol())
                    .map(UpstreamProtocol.class::cast)
                    .collect(Collectors.toMap(UpstreamProtocol::name, Function.identity()));
    private static final List<String> NAMES = UPSTREAMS.keySet().stream().sorted().toList();

    private static final Failure CUT = new Failure.Cut(true, "cut");

    private static final Piece TEXT =
            Piece.text(
                    "The raft went on \ud83d\ude80 over the \u201ccold\u201d water, and nai\u0308ve"
                            + " children \ud83d\udc69\u200d\ud83d\udc67 counted: one, two,\n\nthree and"
                            + " four.");
    private static final Piece THOUGHT = Piece.reasoning("Let me think about \"rafts\" first.");
    private static final Piece FIRST = Piece.call("call_1", "row", "{\"to\": \"caf\u00e9 {1}\"}");
    private static final Piece SECOND = Piece.call("call_2", "moor", "{\"at\":[2,{\"x\":null}]}");
    private static final Piece BARE = Piece.call("call_3", "wait", "{}");

    /** Something a model has to say. */
    record Tale(String name, List<Piece> pieces) {
        Tale(String name, Piece... pieces) {
            this(name, List.of(pieces));
        }

        String text() {
            return pieces.stream()
                    .filter(piece -> piece.kind() == Kind.TEXT)
                    .map(Piece::text)
                    .collect(Collectors.joining());
        }

        List<String> calls() {
            return pieces.stream()
                    .filter(piece -> piece.kind() == Kind.CALL)
                    .map(piece -> piece.name() + piece.text())
                    .toList();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Tale> TALES =
            List.of(
                    new Tale("text", TEXT),
                    new Tale("thought and text", THOUGHT, TEXT),
                    new Tale("parallel calls", FIRST, SECOND),
                    new Tale("text and calls", TEXT, FIRST, BARE),
                    new Tale("thought and call", THOUGHT, BARE));

    record Case(String client, String upstream, Tale tale) {}

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (String client : NAMES) {
            for (String upstream : NAMES) {
                TALES.forEach(tale -> cases.add(new Case(client, upstream, tale)));
            }
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void byABrokenConnection(Case played) throws InvalidRequest {
        for (byte[] begun : beginnings(played)) {
            play(played, begun.length, new Reply(begun, CUT));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void byACleanEndOfTheBody(Case played) throws InvalidRequest {
        for (byte[] begun : beginnings(played)) {
            play(played, begun.length, new Reply(begun, null));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void byAnErrorInTheStream(Case played) throws InvalidRequest {
        List<String> events = Spoken.events(played.upstream(), played.tale().pieces());
        for (int at = 0; at < events.size(); at++) {
            List<String> said = new ArrayList<>(events.subList(0, at));
            said.add(Spoken.overloaded(played.upstream()));
            play(played, at, new Reply(bytes(said), null));
        }
    }

    /** All that can have come of a stream: each event, and at some places inside each. */
    private static List<byte[]> beginnings(Case played) {
        List<byte[]> beginnings = new ArrayList<>();
        byte[] whole = bytes(Spoken.events(played.upstream(), played.tale().pieces()));
        int begins = 0;
        for (String event : Spoken.events(played.upstream(), played.tale().pieces())) {
            int length = bytes(List.of(event)).length;
            for (int at : new int[] {0, 1, length / 2, length - 3, length - 2, length - 1}) {
                beginnings.add(Arrays.copyOf(whole, begins + at));
            }
            begins += length;
        }
        beginnings.add(whole);
        return beginnings;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void byABrokenConnectionAndTheContinuationToo(Case played) throws InvalidRequest {
        List<String> events = Spoken.events(played.upstream(), played.tale().pieces());
        for (int at = 0; at < events.size(); at += 2) {
            Reply begun = new Reply(bytes(events.subList(0, at)), CUT);
            for (int tenths = 0; tenths < 10; tenths++) {
                play(played, at + tenths, begun, tenths);
            }
        }
    }

    private static byte[] bytes(List<String> events) {
        return String.join("", events).getBytes(StandardCharsets.UTF_8);
    }

    // -------------------------------------------------------------------------------- one stream

    private static void play(Case played, int at, Reply first) throws InvalidRequest {
        play(played, at, first, 10);
    }

    /** The second answer breaks after so many tenths; with ten of them it does not. */
    private static void play(Case played, int at, Reply first, int tenths) throws InvalidRequest {
        ClientProtocol client = (ClientProtocol) UPSTREAMS.get(played.client());
        String fallback = NAMES.get(at % NAMES.size());
        String last = NAMES.get(at / NAMES.size() % NAMES.size());
        byte[] seen =
                Carried.through(
                        client,
                        client.parse(request(played.client())),
                        UPSTREAMS,
                        List.of(played.upstream(), fallback, last),
                        (attempt, draft, target) -> {
                            Reply whole = goingOn(played.tale(), draft, target.protocol());
                            return switch (attempt) {
                                case 1 -> first;
                                case 2 -> broken(whole, tenths);
                                default -> whole;
                            };
                        });
        try {
            judge(played, seen);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "%s @%d, then %s, %d tenths, then %s: %s%nafter%n%s"
                            .formatted(
                                    played,
                                    at,
                                    fallback,
                                    tenths,
                                    last,
                                    e.getMessage(),
                                    new String(first.bytes(), StandardCharsets.UTF_8)),
                    e);
        }
    }

    private static Reply broken(Reply whole, int tenths) {
        int length = whole.bytes().length * tenths / 10;
        return new Reply(Arrays.copyOf(whole.bytes(), length), tenths < 10 ? CUT : null);
    }

    private static byte[] request(String client) {
        String question = "[{\"role\":\"user\",\"content\":\"Tell me.\"}]";
        String form =
                client.equals("openai-responses")
                        ? "{\"model\":\"g0\",\"stream\":true,\"input\":%s}"
                        : "{\"model\":\"g0\",\"stream\":true,\"max_tokens\":9000,\"messages\":%s}";
        String body = form.formatted(question);
        return body.getBytes(StandardCharsets.UTF_8);
    }

    private static Reply goingOn(Tale tale, Draft draft, String protocol) {
        List<Piece> said = draft.appended().isEmpty() ? tale.pieces() : rest(tale, draft);
        return new Reply(bytes(Spoken.events(protocol, said)), null);
    }

    /** The last of the delivered words that the user turn quotes, and what comes behind them. */
    private static List<Piece> rest(Tale tale, Draft draft) {
        String delivered = text(draft.appended().getFirst());
        String asked = text(draft.appended().getLast());
        assertThat(tale.text()).startsWith(delivered.stripTrailing());
        String said = delivered.stripTrailing();
        int from = 0;
        while (!asked.contains(said.substring(from).stripLeading())) {
            from++;
        }
        String quoted = said.substring(from).stripLeading();
        List<Piece> rest = new ArrayList<>();
        rest.add(Piece.text(quoted + tale.text().substring(said.length())));
        tale.pieces().stream().filter(piece -> piece.kind() == Kind.CALL).forEach(rest::add);
        return rest;
    }

    private static String text(Message turn) {
        return turn.parts().stream()
                .map(part -> part instanceof Part.Text text ? text.text() : "")
                .collect(Collectors.joining());
    }

    // --------------------------------------------------------------------------------- the judge

    private record Seen(String text, List<String> calls, String reason) {}

    private static void judge(Case played, byte[] stream) {
        Seen seen =
                switch (played.client()) {
                    case "openai-chat" -> chat(ChatStreamGrammar.check(stream));
                    case "anthropic-messages" -> messages(MessagesStreamGrammar.check(stream));
                    default -> responses(ResponsesStreamGrammar.check(stream));
                };
        Tale tale = played.tale();
        assertThat(seen.text()).isEqualTo(tale.text());
        if (tale.calls().isEmpty()) {
            assertThat(seen.calls()).isEmpty();
            assertThat(seen.reason()).isIn("stop", "end_turn", "completed");
        } else {
            assertThat(seen.calls()).isNotEmpty();
            assertThat(tale.calls().subList(0, seen.calls().size())).isEqualTo(seen.calls());
            assertThat(seen.reason()).isIn("tool_calls", "tool_use", "completed");
        }
    }

    private static Seen chat(ChatTranscript said) {
        assertThat(said.error()).isNull();
        return new Seen(
                said.text(),
                said.toolCalls().stream().map(call -> call.name() + call.arguments()).toList(),
                String.valueOf(said.finishReason()));
    }

    private static Seen messages(MessagesTranscript said) {
        assertThat(said.error()).isNull();
        return new Seen(
                said.text(),
                said.toolUses().stream().map(call -> call.name() + call.input()).toList(),
                String.valueOf(said.stopReason()));
    }

    private static Seen responses(ResponsesTranscript said) {
        assertThat(said.error()).isNull();
        return new Seen(
                said.text(),
                said.functionCalls().stream().map(call -> call.name() + call.arguments()).toList(),
                String.valueOf(said.status()));
    }
}
