package dev.midstream.simulation;

import dev.midstream.model.BlockKind;
import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import dev.midstream.model.FinishReason;
import dev.midstream.protocol.ErrorReport;
import dev.midstream.relay.Step;
import dev.midstream.routing.MidStream;
import dev.midstream.simulation.WholeAnswer.Piece;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What end is due: the whole answer while somebody who can go on is left, else the first failure.
 */
final class Endings {

    private final Schedule schedule;
    private final WholeAnswer answer;
    private final Client client;
    private final Spending spending;

    Endings(Schedule schedule, Client client, Spending spending) {
        this.schedule = schedule;
        this.answer = schedule.answer();
        this.client = client;
        this.spending = spending;
    }

    // ---- a good end

    void finished(Step.Finish finish, List<Tried> tries) {
        Tried last = tries.getLast();
        Violation.unless(client.opened(), "finished without an opening");
        Violation.unless(
                client.ends().size() == answer.choices(),
                "finished with choices that have not ended");
        Violation.unless(
                finish.summary().attempts().size() == tries.size(),
                "the summary has other attempts");
        reasoning();
        if (last.complete(answer.choices()) && last.failure == null) {
            whole(last);
        } else if (client.calls() > 0) {
            callsSoFar();
        } else {
            document();
        }
        if (tries.size() == 1 && last.usageGiven) {
            Violation.unless(finish.usage().input() == 10, "not the usage that was told");
            Violation.unless(
                    finish.usage().output() == 20 + last.start.attempt(),
                    "not the usage that was told");
        }
    }

    private void whole(Tried last) {
        for (int choice = 0; choice < answer.choices(); choice++) {
            String due = choice == 0 ? last.said.text() : answer.text(choice);
            same(due, client.text(choice));
        }
        long calls = last.said.pieces().stream().filter(Endings::call).count();
        Violation.unless(
                client.calls() == calls && client.wholeCalls().size() == calls,
                "a good end without all of its tool calls");
        for (FinishReason reason : client.ends().values()) {
            Violation.unless(reason == last.said.finish(), "the wrong finish reason: " + reason);
        }
    }

    /** A turn that ends with the tool calls that came whole: the client's next turn goes on. */
    private void callsSoFar() {
        List<Piece> whole = client.wholeCalls();
        List<Piece> all = answer.pieces().stream().filter(Endings::call).toList();
        Violation.unless(client.calls() == whole.size(), "ended with an incomplete tool call");
        Violation.unless(whole.equals(all.subList(0, whole.size())), "not its first tool calls");
        same(answer.text(), client.text(0));
        Violation.unless(
                client.ends().containsValue(FinishReason.TOOL_CALLS), "not an end with tool calls");
    }

    private void document() {
        Violation.unless(answer.structured(), "a good end that no upstream gave");
        same(answer.text().strip(), client.text(0).strip());
        Violation.unless(
                client.ends().containsValue(FinishReason.STOP), "not the end of a document");
    }

    private void reasoning() {
        List<String> reasonings = client.reasonings();
        for (String reasoning : reasonings) {
            boolean its =
                    answer.pieces().stream()
                            .anyMatch(p -> reasons(p) && p.text().startsWith(reasoning));
            Violation.unless(its, "not its reasoning: " + reasoning);
        }
        Piece first = answer.pieces().isEmpty() ? null : answer.pieces().get(0);
        boolean thought = first == null || !reasons(first) || reasonings.contains(first.text());
        Violation.unless(thought, "the reasoning never came whole");
    }

    private static void same(String due, String got) {
        if (!due.equals(got)) {
            int at = 0;
            while (at < due.length() && at < got.length() && due.charAt(at) == got.charAt(at)) {
                at++;
            }
            throw new Violation(
                    "the text differs from character %d on: due \"%s\", got \"%s\""
                            .formatted(at, due.substring(at), got.substring(at)));
        }
    }

    private static boolean reasons(Piece piece) {
        return piece.kind() == BlockKind.REASONING;
    }

    private static boolean call(Piece piece) {
        return piece.kind() == BlockKind.TOOL_CALL;
    }

    // ---- an error

    void failed(
            Step.Fail fail,
            List<Tried> tries,
            boolean committed,
            boolean gaveUp,
            boolean deadline,
            MidStream chosen,
            long now) {
        if (tries.isEmpty()) {
            Violation.unless(
                    spending.everybodyWaits(now) && fail.report().status() == 429,
                    "nobody was asked although not everybody has asked to wait");
            return;
        }
        report(fail.report(), tries, deadline);
        Violation.unless(
                fail.summary().attempts().size() == tries.size(), "the summary has other attempts");
        Violation.unless(fail.summary().committed() == committed, "the summary errs in the commit");
        if (!gaveUp && !deadline) {
            Tried last = tries.getLast();
            Violation.unless(
                    !last.complete(answer.choices()) || last.failure != null,
                    "an error although the answer was complete");
            due(schedule.stream(), chosen, now);
        }
    }

    private void due(boolean stream, MidStream chosen, long now) {
        boolean content = stream && client.hasContent();
        boolean off = content && chosen == MidStream.ERROR;
        boolean twoDocuments = content && answer.structured() && chosen == MidStream.RESTART;
        if (off || twoDocuments || (content && beyond())) {
            return;
        }
        Violation.unless(
                client.calls() == 0, "an error although a tool call is whole: that ends the turn");
        Violation.unless(
                !answer.structured() || !client.text(0).strip().equals(answer.text().strip()),
                "an error although the document is whole");
        Violation.unless(
                !spending.anybodyLeft(content, now),
                "an error although somebody is left: " + spending.whoIsLeft(content, now));
    }

    /** What nobody can go on with. */
    private boolean beyond() {
        return client.has(BlockKind.OPAQUE)
                || client.has(BlockKind.REFUSAL)
                || (answer.choices() > 1 && client.has(BlockKind.TEXT))
                || client.calls() > client.wholeCalls().size()
                || client.characters() > schedule.settings().maxTranscript();
    }

    private void report(ErrorReport report, List<Tried> tries, boolean deadline) {
        Violation.unless(
                report.delivered() == (schedule.stream() && client.hasContent()),
                "the report errs in what was delivered");
        Violation.unless(report.retried() == tries.size() > 1, "the report errs in retries");
        Failure due = first(tries);
        boolean late = deadline && report.first() instanceof Failure.DeadlinePassed;
        if (due == null || late) {
            return;
        }
        boolean same =
                due instanceof Failure.Refused || due instanceof Failure.Cut
                        ? due.equals(report.first())
                        : due.cause().equals(report.first().cause());
        Violation.unless(same, "not the first failure: " + report.first() + " instead of " + due);
        if (due instanceof Failure.Refused refused) {
            Violation.unless(report.status() == refused.error().status(), "not its status");
        }
    }

    private static @Nullable Failure first(List<Tried> tries) {
        for (Tried tried : tries) {
            if (tried.failure != null && !oursToMend(tried.failure)) {
                return tried.failure;
            }
        }
        return null;
    }

    private static boolean oursToMend(Failure failure) {
        return failure instanceof Failure.Refused refused
                && refused.error().errorClass() == ErrorClass.PREFILL_REFUSED;
    }
}
