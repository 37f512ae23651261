package dev.midstream.gateway.check;

import dev.midstream.gateway.check.Finding.Severity;
import dev.midstream.gateway.check.Report.Cause;
import dev.midstream.gateway.check.Report.Chain;
import dev.midstream.gateway.check.Report.Group;
import dev.midstream.gateway.check.Report.Hop;
import dev.midstream.gateway.check.Report.Served;
import dev.midstream.routing.Limits;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.StringJoiner;

/** A report in words, for people. */
public final class ReportText {

    private ReportText() {}

    /**
     * @param strict whether warnings count like problems
     */
    public static String of(Report report, boolean strict) {
        StringBuilder text = new StringBuilder(report.file()).append(": ");
        if (report.readable()) {
            int deployments = report.groups().stream().mapToInt(g -> g.deployments().size()).sum();
            text.append(count(report.groups().size(), "model group"))
                    .append(", ")
                    .append(count(deployments, "deployment"))
                    .append('\n');
        } else {
            text.append("this configuration cannot be used\n");
        }
        report.groups().forEach(group -> text.append('\n').append(group(group)));
        if (!report.findings().isEmpty()) {
            text.append('\n').append(findings(report));
        }
        return text.append('\n').append(verdict(report, strict)).append('\n').toString();
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    // ----------------------------------------------------------------------------------- groups

    private static String group(Group group) {
        StringBuilder text = new StringBuilder(group.name());
        if (!group.aliases().isEmpty()) {
            text.append("  (also ").append(String.join(", ", group.aliases())).append(')');
        }
        text.append('\n');
        Columns deployments = new Columns("  ");
        boolean several = group.deployments().size() > 1;
        group.deployments().forEach(served -> deployment(deployments, served, several));
        text.append(deployments.text());
        for (Chain chain : group.chains()) {
            if (!chain.hops().isEmpty()) {
                text.append("  after ").append(chain.cause().label()).append(":\n");
                text.append(chain(group, chain));
            }
        }
        return text.toString();
    }

    private static void deployment(Columns lines, Served served, boolean several) {
        lines.line(
                served.model(),
                served.host(),
                protocols(served),
                served.usable() ? credential(served) : "cannot be asked",
                bounds(served, several));
    }

    private static String protocols(Served served) {
        return String.join(" + ", served.protocols());
    }

    private static String credential(Served served) {
        return switch (served.credential()) {
            case PRESENT -> "key present";
            case NONE -> "no key needed";
            case GOOGLE_ACCOUNT -> "Google account";
            case MISSING -> "no key";
        };
    }

    private static String bounds(Served served, boolean several) {
        StringJoiner bounds = new StringJoiner(", ");
        if (served.order() != Integer.MAX_VALUE) {
            bounds.add("order " + served.order());
        }
        if (several && served.weight() != 1) {
            BigDecimal weight = new BigDecimal(served.weight(), new MathContext(3));
            bounds.add("weight " + weight.stripTrailingZeros().toPlainString());
        }
        limits(served.limits(), bounds);
        if (served.facts().maxInputTokens() != null) {
            bounds.add("window " + served.facts().maxInputTokens());
        }
        if (!served.tags().isEmpty()) {
            bounds.add("tags " + String.join(" ", served.tags().stream().sorted().toList()));
        }
        return bounds.toString();
    }

    private static void limits(Limits limits, StringJoiner bounds) {
        if (limits.requestsPerMinute() != null) {
            bounds.add("rpm " + limits.requestsPerMinute());
        }
        if (limits.tokensPerMinute() != null) {
            bounds.add("tpm " + limits.tokensPerMinute());
        }
        if (limits.parallel() != null) {
            bounds.add("at most " + limits.parallel() + " at once");
        }
    }

    // ----------------------------------------------------------------------------------- chains

    private static String chain(Group group, Chain chain) {
        Columns lines = new Columns("    ");
        int number = 0;
        for (Hop hop : chain.hops()) {
            number++;
            lines.line(
                    number + ".",
                    hop.model(),
                    from(group, hop),
                    hop.reached() ? way(chain, hop) : "never reached");
        }
        return lines.text();
    }

    private static String from(Group group, Hop hop) {
        StringJoiner from = new StringJoiner(", ");
        if (!hop.group().equals(group.name())) {
            from.add("of " + hop.group());
        }
        if (!hop.altered().isEmpty()) {
            from.add("with its own " + String.join(", ", hop.altered()));
        }
        return from.toString();
    }

    private static String way(Chain chain, Hop hop) {
        String goesOn = hop.way().label() + ": " + hop.way().why();
        return chain.cause() == Cause.FAILURE ? goesOn : "";
    }

    // --------------------------------------------------------------------------------- findings

    private static String findings(Report report) {
        Columns lines = new Columns("");
        for (Finding finding : report.findings()) {
            lines.line(finding.severity().word(), finding.place() + ": " + finding.message());
        }
        return lines.text();
    }

    private static String verdict(Report report, boolean strict) {
        String counts =
                "%s, %s, %s"
                        .formatted(
                                count(report.count(Severity.PROBLEM), "problem"),
                                count(report.count(Severity.WARNING), "warning"),
                                count(report.count(Severity.NOTE), "note"));
        return switch (report.exitStatus(strict)) {
            case 0 -> counts + ": fine";
            case 1 -> counts + ": not fit for use";
            default -> counts + ": the gateway would not start";
        };
    }
}
