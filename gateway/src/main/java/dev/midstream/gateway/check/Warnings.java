package dev.midstream.gateway.check;

import dev.midstream.config.Configuration;
import dev.midstream.config.Diagnostic;
import dev.midstream.gateway.check.Finding.Kind;
import dev.midstream.gateway.check.Finding.Severity;
import dev.midstream.routing.Deployment;
import java.util.ArrayList;
import java.util.List;

/**
 * What the reader of the configuration warned of. Warnings of what cannot work at run time are
 * problems here; a deployment that cannot be asked is one whether or not there was a warning.
 */
final class Warnings {

    /** How a fallback to the group itself is told. */
    private static final String SELF = "falls back to itself";

    private final Configuration configuration;

    Warnings(Configuration configuration) {
        this.configuration = configuration;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        configuration.warnings().forEach(said -> findings.add(weighed(said)));
        lacking().stream()
                .filter(deployment -> !told(deployment))
                .map(this::untold)
                .forEach(findings::add);
        return findings;
    }

    static Finding plainly(Diagnostic said) {
        return switch (said.severity()) {
            case ERROR -> finding(Severity.PROBLEM, Kind.ERROR, said);
            case WARNING -> finding(Severity.WARNING, Kind.CONFIGURATION, said);
        };
    }

    private Finding weighed(Diagnostic said) {
        for (Deployment deployment : lacking()) {
            if (tells(said, deployment)) {
                return finding(Severity.PROBLEM, kind(deployment), said);
            }
        }
        return said.message().contains(SELF)
                ? finding(Severity.PROBLEM, Kind.SELF_FALLBACK, said)
                : plainly(said);
    }

    private static Finding finding(Severity severity, Kind kind, Diagnostic said) {
        String place = said.file() + ":" + said.line() + ":" + said.column();
        return new Finding(severity, kind, place, said.message());
    }

    private List<Deployment> lacking() {
        return configuration.router().groups().stream()
                .flatMap(group -> group.deployments().stream())
                .filter(deployment -> Survey.lacking(deployment) != null)
                .toList();
    }

    private boolean told(Deployment deployment) {
        return configuration.warnings().stream().anyMatch(said -> tells(said, deployment));
    }

    private static boolean tells(Diagnostic said, Deployment deployment) {
        String lacking = Survey.lacking(deployment);
        return lacking != null
                && said.message().contains(lacking)
                && said.message().contains("`" + deployment.target().group() + "`");
    }

    private Finding untold(Deployment deployment) {
        String message =
                Survey.model(deployment) + " is never asked: " + Survey.lacking(deployment);
        return new Finding(
                Severity.PROBLEM, kind(deployment), deployment.target().group(), message);
    }

    private static Kind kind(Deployment deployment) {
        return deployment.unusable() != null ? Kind.UNUSABLE_PROVIDER : Kind.MISSING_CREDENTIAL;
    }
}
