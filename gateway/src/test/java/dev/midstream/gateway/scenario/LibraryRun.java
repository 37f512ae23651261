package dev.midstream.gateway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.client.Answer;
import dev.midstream.client.AttemptReport;
import dev.midstream.client.CallInfo;
import dev.midstream.client.CallOptions;
import dev.midstream.client.MidstreamException;
import dev.midstream.client.RouterListener;
import dev.midstream.gateway.scenario.Client.Reading;
import dev.midstream.gateway.scenario.Expected.Whole;
import dev.midstream.gateway.scenario.Observation.Taken;
import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.scenario.Pair;
import dev.midstream.testkit.scenario.Role;
import dev.midstream.testkit.scenario.Scenario;
import dev.midstream.testkit.scenario.Seen;
import dev.midstream.testkit.scenario.Wire;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.MissingNode;

/**
 * Through the library. Nothing of the catalogue is left out: what is said in headers is said in
 * options, and what an edge tells by a status or an event is thrown. Only the line of the request
 * log has no counterpart, and with it the number of malformed events.
 */
record LibraryRun(Scenario scenario, Pair pair, Idiom idiom, Face face) implements Play {

    /** Fibonacci's hashing: like names go to unlike places. */
    private static final int SPREADING = 0x9E3779B9;

    /** In every idiom, through every face, in every pairing. */
    static Stream<LibraryRun> all(Scenario scenario) {
        return scenario.pairs().stream()
                .flatMap(
                        pair ->
                                Idiom.of(scenario)
                                        .flatMap(idiom -> throughAll(scenario, pair, idiom)));
    }

    private static Stream<LibraryRun> throughAll(Scenario scenario, Pair pair, Idiom idiom) {
        return Face.ALL.stream().map(face -> new LibraryRun(scenario, pair, idiom, face));
    }

    /**
     * Through every face, once in JSON and once in the canonical model; by its name it is decided
     * which protocols are spoken then.
     */
    static Stream<LibraryRun> some(Scenario scenario) {
        return Face.ALL.stream()
                .flatMap(
                        face -> Stream.of(some(scenario, face, false), some(scenario, face, true)));
    }

    private static LibraryRun some(Scenario scenario, Face face, boolean canonical) {
        int turn = (scenario.name() + face.method() + canonical).hashCode() * SPREADING >>> 8;
        Wire wire = of(scenario.clients(), turn);
        Pair pair = of(scenario.pairs(), turn / Wire.ALL.size());
        return new LibraryRun(scenario, pair, new Idiom(wire, canonical), face);
    }

    private static <T> T of(List<T> all, int turn) {
        return all.get(Math.floorMod(turn, all.size()));
    }

    @Override
    public String name() {
        return "%s: %s, %s, %s"
                .formatted(scenario.name(), wires(), idiom, face)
                .toLowerCase(Locale.ROOT);
    }

    private String wires() {
        return scenario.alone() ? pair.of(Role.PRIMARY).label() : pair.label();
    }

    @Override
    public Observation play() {
        try (Library library = new Library(scenario, pair)) {
            Ending ending = new Ending();
            CallOptions options = CallOptions.NONE.listener(ending);
            Seen seen = face.ask(idiom.door(library.router(), scenario, options));
            library.awaitIdle();
            Observation observed =
                    new Observation(
                            seen,
                            library.upstreams().asks(),
                            ending.attempts(),
                            MissingNode.getInstance());
            verify(library, observed, ending.delivered());
            return observed;
        }
    }

    /** The client of a gateway that said the same and is due the same; errors are as in chat. */
    Run twin(Observation observed) {
        Wire wire = observed.seen().trouble() == null ? idiom.wire() : Wire.CHAT;
        Client client =
                Client.speaking(wire)
                        .filter(
                                each ->
                                        each.reading()
                                                == (face.stream() ? Reading.STREAM : Reading.PLAIN))
                        .findFirst()
                        .orElseThrow();
        return new Run(scenario, pair, client, TransportKind.AUTO);
    }

    private void verify(Library library, Observation observed, Answer delivered) {
        Due due = Dues.all().of(scenario);
        try {
            Expected expected = due.of(idiom.words(), face.stream(), scenario);
            boolean thrown = observed.seen().trouble() != null;
            expected.thrown().verify(observed.seen(), thrown ? Wire.CHAT : idiom.words());
            due.verify(library.upstreams(), observed, face.stream());
            if (expected instanceof Whole whole) {
                assertThat(delivered.text())
                        .as("what is left of the text")
                        .isEqualTo(due.left(whole.text(), face.stream()));
            }
        } catch (AssertionError wrong) {
            throw new AssertionError(wrong.getMessage() + "\n" + observed.shortened(), wrong);
        }
    }

    /** Has been told of the end when whoever asked has the answer. */
    private static final class Ending implements RouterListener {

        private final CompletableFuture<Answer> ended = new CompletableFuture<>();

        @Override
        public void ended(CallInfo call, Answer delivered, @Nullable MidstreamException failure) {
            ended.complete(delivered);
        }

        Answer delivered() {
            Answer delivered = ended.getNow(null);
            if (delivered == null) {
                throw new AssertionError("the listener was not told of the end");
            }
            return delivered;
        }

        List<Taken> attempts() {
            return delivered().report().attempts().stream().map(Ending::taken).toList();
        }

        private static Taken taken(AttemptReport attempt) {
            String seam = attempt.seam() == null ? "–" : attempt.seam().name();
            return new Taken(attempt.method().word(), seam.toLowerCase(Locale.ROOT));
        }
    }
}
