package dev.midstream.seam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.midstream.model.Message;
import dev.midstream.model.Method;
import dev.midstream.model.Part;
import dev.midstream.model.SeamGrade;
import dev.midstream.seam.Verdict.Apart;
import dev.midstream.seam.Verdict.Joined;
import dev.midstream.seam.Verdict.NothingLeft;
import dev.midstream.seam.Verdict.Pending;
import dev.midstream.seam.Verdict.Rejected;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever a model answers, the joined text is the uninterrupted one or there is none; and a model
 * that does what it was asked to joins.
 *
 * <p>Each seed is a text, a cut, a method, a behaviour, a chunking and a pace. A failing seed is in
 * the message.
 */
class SeamIsNeverWrongTest {
    private static final int SEEDS = Integer.getInteger("midstream.seam.seeds", 10_000);

    private static final List<String> PREAMBLES =
            List.of(
                    "Sure, continuing:\n\n",
                    "Sure! Here's the rest:\n\n",
                    "Certainly. ",
                    "Of course!\n",
                    "Continuing from where I left off:\n",
                    "Apologies for the interruption. Here we go:\n\n",
                    "Natürlich, hier geht es weiter:\n",
                    "Bien sûr, voici la suite :\n\n",
                    "好的，继续：\n",
                    "...",
                    "… ",
                    "Конечно, продолжаю:\n\n",
                    "もちろんです。続きです：\n",
                    "Claro, continúo:\n");
    private static final List<String> REFUSALS =
            List.of(
                    "I'm sorry, but I can't help with that.",
                    "I can't continue this text.",
                    "As an AI language model, I do not have access to earlier replies.",
                    "I apologise, as I was saying, this is where we were.",
                    "Es tut mir leid, das kann ich nicht.",
                    "抱歉，我无法继续。",
                    "Hello! How can I help you today?",
                    "It looks like the message was cut off. Could you tell me more?");

    @Test
    void whateverTheModelDoes() {
        for (int seed = 0; seed < SEEDS; seed++) {
            try {
                runSeed(seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    static void runSeed(int seed) {
        new Case(seed).run();
    }

    private enum Due {
        /** Has to join. */
        JOINED,
        /** Has to join rightly or not at all. */
        RIGHT_OR_REJECTED,
        REJECTED
    }

    private static final class Case {
        private final Random random;
        private final String whole;
        private final int cut;
        private final String delivered;
        private final String rest;
        private final int anew;

        Case(int seed) {
            random = new Random(seed * 7919L + 17);
            random.nextInt();
            String text = Texts.any(random);
            whole = text.substring(0, Math.min(text.length(), 1200));
            cut = 1 + random.nextInt(whole.length());
            delivered = whole.substring(0, cut);
            rest = whole.substring(cut);
            anew = random.nextInt(Math.max(1, delivered.strip().length()));
        }

        void run() {
            switch (random.nextInt(4)) {
                case 0, 1 -> userTurn();
                case 2 -> prefill();
                default -> replay();
            }
        }

        private void userTurn() {
            SeamPlan plan = SeamPlan.of(Method.USER_TURN, delivered, null, Options.UNKNOWN);
            if (delivered.isBlank()) {
                check(plan, rest, Due.RIGHT_OR_REJECTED, "blank");
                return;
            }
            String anchor = sendable(plan.anchor());
            String tail = whole.substring(sendable(delivered).length());
            boolean tells = Anchor.tells(flat(anchor));
            boolean opens = !tells && Openers.of(anchor + tail, false) != Openers.NONE;
            String again = anchor + tail;
            boolean twice = flat(tail).startsWith(flat(anchor));
            Due whole = opens || twice ? Due.RIGHT_OR_REJECTED : Due.JOINED;
            Due more = plan.ambiguous() ? null : whole;
            Due led = tells ? whole : Due.RIGHT_OR_REJECTED;
            Due never = tells && !plan.ambiguous() ? Due.REJECTED : null;
            boolean reopens = Fences.inside(sendable(delivered)) && !plan.ambiguous();
            switch (random.nextInt(17)) {
                case 0 -> check(plan, again, whole, "obeys");
                case 1 -> check(plan, more(anchor) + tail, more, "repeats more");
                case 2 -> check(plan, sendable(delivered) + tail, more, "repeats everything");
                case 3 -> check(plan, pick(PREAMBLES) + again, led, "preamble and anchor");
                case 4 ->
                        check(
                                plan,
                                pick(PREAMBLES) + more(anchor) + tail,
                                plan.ambiguous() ? null : led,
                                "preamble and more");
                case 5 ->
                        checkWithout(
                                plan, anchor, pick(PREAMBLES), tail, "preamble without anchor");
                case 6 -> checkWithout(plan, anchor, "", tail, "no anchor");
                case 7 -> check(plan, anew(), never, "starts anew and differs");
                case 8 -> check(plan, Texts.english(random), never, "digresses");
                case 9 ->
                        check(
                                plan,
                                pick(REFUSALS),
                                flat(delivered).length() > 3 ? Due.REJECTED : null,
                                "refuses");
                case 10 -> check(plan, random.nextBoolean() ? "" : " \n", Due.REJECTED, "silent");
                case 11 ->
                        check(
                                plan,
                                quoted(anchor) + tail,
                                plan.ambiguous() ? null : Due.RIGHT_OR_REJECTED,
                                "quotes the anchor");
                case 12 ->
                        check(
                                plan,
                                "```python\n" + again,
                                reopens && tells ? Due.JOINED : Due.RIGHT_OR_REJECTED,
                                "opens the fence again");
                case 13 ->
                        check(
                                plan,
                                reopened(anchor, tail),
                                Fences.inside(delivered) ? Due.RIGHT_OR_REJECTED : null,
                                "opens the fence again behind the anchor");
                case 14 -> checkLess(plan, less(anchor), tail);
                case 15 ->
                        check(
                                plan,
                                anchor.replaceAll("\\s+(?=\\S)", " ") + tail,
                                whole,
                                "collapses blanks");
                default ->
                        check(
                                plan,
                                prefixOf(anchor) + Texts.english(random),
                                never,
                                "a prefix of the anchor");
            }
        }

        /**
         * Without the anchor it may join only where what follows says the same words, so that
         * nobody could tell.
         */
        private void checkWithout(
                SeamPlan plan, String anchor, String before, String tail, String behaviour) {
            if (!repeatsAtLeast(flat(anchor).length(), flat(tail)) && !beginsLikeTheEnd(tail)) {
                check(
                        plan,
                        before + tail,
                        tail.isBlank() ? Due.RIGHT_OR_REJECTED : Due.REJECTED,
                        behaviour);
            }
        }

        private void checkLess(SeamPlan plan, String less, String tail) {
            boolean same = repeatsAtLeast(flat(less).length() + 1, flat(less + tail));
            check(plan, less + tail, same ? null : Due.RIGHT_OR_REJECTED, "repeats less");
        }

        /**
         * What follows the missing words may make up for them: then it reads as an answer that
         * obeys.
         */
        private boolean repeatsAtLeast(int length, String answer) {
            String end = flat(delivered);
            for (int k = length; k <= Math.min(end.length(), answer.length()); k++) {
                if (end.endsWith(answer.substring(0, k))) {
                    return true;
                }
            }
            return false;
        }

        private void prefill() {
            boolean echo = random.nextInt(4) == 0;
            boolean trims = random.nextInt(4) == 0;
            Options options =
                    new Options(random.nextBoolean(), echo, true, trims, SeamGrade.OVERLAPPING);
            SeamPlan plan = SeamPlan.of(Method.PREFILL, delivered, null, options);
            if (plan.appended().isEmpty()) {
                return;
            }
            String sent = ((Part.Text) plan.appended().getLast().parts().getFirst()).text();
            assertThat(plan.appended().getLast().role()).isEqualTo(Message.Role.ASSISTANT);
            String own = whole.substring(sent.length());
            String goesOn = trims && !echo ? own.stripLeading() : own;
            boolean alike =
                    flat(own).isEmpty() || flat(own).startsWith(head()) || beginsLikeTheEnd(own);
            if (trims && lastWordIsLong() && !goesOn.equals(own)) {
                return;
            }
            Due fresh = Due.REJECTED;
            switch (random.nextInt(7)) {
                case 0, 1 -> {
                    String answer = echo ? sent + own : goesOn;
                    check(
                            plan,
                            answer,
                            echo ? Due.JOINED : alike ? Due.RIGHT_OR_REJECTED : Due.JOINED,
                            "goes on");
                }
                case 2 -> check(plan, whole, Due.RIGHT_OR_REJECTED, "starts anew");
                case 3 ->
                        check(
                                plan,
                                anew(),
                                anew >= 80 || echo ? fresh : null,
                                "starts anew and differs");
                case 4 -> check(plan, pick(PREAMBLES.subList(0, 2)) + whole, fresh, "preamble");
                case 5 -> check(plan, pick(REFUSALS.subList(0, 2)), fresh, "refuses");
                default -> check(plan, random.nextBoolean() ? "" : " \n", Due.REJECTED, "silent");
            }
        }

        private void replay() {
            Method method = random.nextBoolean() ? Method.REPLAY : Method.RESTART;
            SeamPlan plan = SeamPlan.of(method, delivered, null, Options.UNKNOWN);
            if (delivered.isBlank()) {
                return;
            }
            switch (random.nextInt(3)) {
                case 0 -> check(plan, whole, Due.JOINED, "the same");
                case 1 -> check(plan, "", Due.REJECTED, "silent");
                default -> {
                    String other = anew();
                    Verdict verdict = play(plan.joiner(), other);
                    if (method == Method.REPLAY) {
                        assertThat(verdict).isInstanceOf(Rejected.class);
                    } else {
                        assertThat(verdict).isEqualTo(new Apart(other));
                    }
                }
            }
        }

        private void check(SeamPlan plan, String answer, Due due, String behaviour) {
            if (due == null) {
                play(plan.joiner(), answer);
                return;
            }
            Verdict verdict = play(plan.joiner(), answer);
            String wrong =
                    switch (verdict) {
                        case Joined joined when due == Due.REJECTED -> "joined";
                        case Joined joined ->
                                whole.equals(delivered + joined.release()) ? "" : "joined wrongly";
                        case NothingLeft nothing when due == Due.REJECTED -> "nothing was left";
                        case NothingLeft nothing -> rest.isEmpty() ? "" : "nothing was left";
                        case Rejected rejected -> due == Due.JOINED ? "rejected" : "";
                        case Apart apart -> "apart";
                        case Pending pending -> "pending";
                    };
            if (!wrong.isEmpty()) {
                fail(
                        "%s: %s%nEND OF DELIVERED <%s>%nANCHOR <%s>%nREST <%s>%nANSWER <%s>%n%s",
                        behaviour,
                        wrong,
                        lastOf(delivered),
                        plan.anchor(),
                        firstOf(rest),
                        firstOf(answer),
                        verdict);
            }
        }

        /**
         * Plays an answer in random pieces at a random pace; what was not asked any more is
         * appended to the release.
         */
        private Verdict play(SeamJoiner joiner, String answer) {
            int longest = random.nextBoolean() ? 3 : 200;
            long pace = random.nextInt(3) == 0 ? 90_000_000L : 1_000_000L;
            long now = random.nextInt();
            Verdict verdict = Pending.INSTANCE;
            int at = 0;
            while (at < answer.length() && verdict instanceof Pending) {
                now += pace;
                if (joiner.deadline() <= now) {
                    verdict = joiner.wake(now);
                    if (!(verdict instanceof Pending)) {
                        break;
                    }
                    assertThat(joiner.deadline()).isGreaterThan(now);
                }
                int end = Math.min(answer.length(), at + 1 + random.nextInt(longest));
                verdict = joiner.text(answer.substring(at, end), now);
                at = end;
                assertThat(joiner.held()).isLessThanOrEqualTo(delivered.length() + 1200 + longest);
            }
            if (verdict instanceof Pending) {
                verdict = joiner.finished(now + pace);
            }
            String later = answer.substring(at);
            return switch (verdict) {
                case Joined j -> new Joined(j.grade(), j.release() + later, j.dropped(), j.note());
                case Apart a -> new Apart(a.release() + later);
                case Pending p -> p;
                case Rejected r -> r;
                case NothingLeft n -> n;
            };
        }

        private String more(String anchor) {
            String told = sendable(delivered);
            int from = told.length() - anchor.length();
            return told.substring(boundary(told, from == 0 ? 0 : random.nextInt(from)));
        }

        private String less(String anchor) {
            int from = anchor.length() <= 1 ? 0 : random.nextInt(anchor.length());
            return anchor.substring(boundary(anchor, from));
        }

        private String prefixOf(String anchor) {
            return anchor.substring(0, boundary(anchor, anchor.length() / 2)) + "zq ";
        }

        private String anew() {
            int same = anew;
            return delivered.substring(0, same) + "#" + Texts.english(random);
        }

        private String quoted(String anchor) {
            List<String> quotes =
                    List.of("\"%s\"", "`%s`", "“%s”", "…%s", "**%s**", "\"%s", "\"%s\" ");
            return quotes.get(random.nextInt(quotes.size())).formatted(anchor);
        }

        private String reopened(String anchor, String tail) {
            return anchor + (anchor.endsWith("\n") ? "" : "\n") + "```python\n" + tail;
        }

        private String head() {
            String flat = flat(delivered);
            return flat.substring(0, Math.min(40, flat.length()));
        }

        private boolean lastWordIsLong() {
            String flat = flat(delivered);
            return flat.length() - flat.lastIndexOf(' ') > 24 || flat.indexOf(' ') < 0;
        }

        /**
         * Whether what follows says the end of the delivered text again, so that nobody could tell.
         */
        private boolean beginsLikeTheEnd(String tail) {
            String end = flat(sendable(delivered));
            String next = flat(tail);
            for (int k = 1; k <= Math.min(end.length(), next.length()); k++) {
                String common = next.substring(0, k);
                if (end.endsWith(common) && (Anchor.tells(common) || k == end.length())) {
                    return true;
                }
            }
            return false;
        }

        private <T> T pick(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }
    }

    private static String sendable(String text) {
        return Graphemes.withoutHalfPair(text);
    }

    private static int boundary(String text, int at) {
        return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at))
                ? at - 1
                : at;
    }

    private static String flat(String text) {
        return Flat.of(text.strip()).text().strip();
    }

    private static String lastOf(String text) {
        return text.substring(Math.max(0, text.length() - 300));
    }

    private static String firstOf(String text) {
        return text.substring(0, Math.min(500, text.length()));
    }
}
