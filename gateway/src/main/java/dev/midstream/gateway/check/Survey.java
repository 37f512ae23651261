package dev.midstream.gateway.check;

import dev.midstream.config.Configuration;
import dev.midstream.config.InvalidConfiguration;
import dev.midstream.gateway.check.Report.Cause;
import dev.midstream.gateway.check.Report.Chain;
import dev.midstream.gateway.check.Report.Group;
import dev.midstream.gateway.check.Report.Hop;
import dev.midstream.gateway.check.Report.Served;
import dev.midstream.model.Target;
import dev.midstream.routing.Choice;
import dev.midstream.routing.Credential;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.Face;
import dev.midstream.routing.ModelGroup;
import dev.midstream.routing.RouterConfig;
import dev.midstream.routing.Settings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the report on a configuration. Asks nobody; not thread-safe. */
public final class Survey {

    private final RouterConfig config;
    private final Ways ways = new Ways();
    private final List<Finding> findings = new ArrayList<>();

    private Survey(RouterConfig config) {
        this.config = config;
    }

    /**
     * @param file as it is to be named
     */
    public static Report of(String file, Configuration configuration) {
        Survey survey = new Survey(configuration.router());
        List<Group> groups = configuration.router().groups().stream().map(survey::group).toList();
        List<Finding> findings = new Warnings(configuration).findings();
        findings.addAll(survey.findings);
        return new Report(file, true, groups, gravestFirst(findings));
    }

    /** Of a configuration that cannot be used. */
    public static Report of(String file, InvalidConfiguration invalid) {
        List<Finding> findings = invalid.diagnostics().stream().map(Warnings::plainly).toList();
        return new Report(file, false, List.of(), gravestFirst(findings));
    }

    private static List<Finding> gravestFirst(List<Finding> findings) {
        return findings.stream().sorted(Comparator.comparing(Finding::severity)).toList();
    }

    private Group group(ModelGroup group) {
        Settings settings = group.settings().over(config.settings());
        List<Chain> chains = new ArrayList<>();
        chains.add(chain(group, settings, Cause.FAILURE));
        if (!group.fallbacks().contextWindow().isEmpty()) {
            chains.add(chain(group, settings, Cause.CONTEXT_WINDOW));
        }
        if (!group.fallbacks().contentPolicy().isEmpty()) {
            chains.add(chain(group, settings, Cause.CONTENT_POLICY));
        }
        findings.addAll(new Findings(config, group, settings, chains, ways).all());
        return new Group(
                group.name(),
                aliases(group),
                group.deployments().stream().map(Survey::served).toList(),
                chains);
    }

    private List<String> aliases(ModelGroup group) {
        return config.aliases().entrySet().stream()
                .filter(alias -> alias.getValue().group().equals(group.name()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private Chain chain(ModelGroup group, Settings settings, Cause cause) {
        Set<String> reached =
                Walk.of(config, group, settings, cause).stream()
                        .map(ask -> ask.deployment().id())
                        .collect(Collectors.toSet());
        List<Hop> hops =
                Walk.of(config, group, settings.unbounded(), cause).stream()
                        .map(ask -> hop(ask, settings, reached))
                        .toList();
        return new Chain(cause, hops);
    }

    private Hop hop(Choice.Ask ask, Settings settings, Set<String> reached) {
        Deployment deployment = ask.deployment();
        return new Hop(
                ask.group(),
                deployment.id(),
                model(deployment),
                ask.fallback(),
                reached.contains(deployment.id()),
                ask.variant().members().keySet().stream().sorted().toList(),
                ways.of(deployment, settings));
    }

    static String model(Deployment deployment) {
        return deployment.target().provider() + "/" + deployment.target().model();
    }

    private static Served served(Deployment deployment) {
        String authority = deployment.endpoint().plain().getAuthority();
        return new Served(
                deployment.id(),
                model(deployment),
                deployment.unusable() == null && authority != null ? authority : "",
                Stream.concat(Stream.of(deployment.face()), deployment.others().stream())
                        .map(Face::protocol)
                        .filter(protocol -> !protocol.equals(Target.EMBEDDINGS))
                        .toList(),
                credential(deployment.endpoint().credential()),
                lacking(deployment),
                deployment.order(),
                deployment.weight(),
                deployment.limits(),
                deployment.facts(),
                deployment.tags());
    }

    private static Report.Credential credential(Credential credential) {
        return switch (credential) {
            case Credential.None none -> Report.Credential.NONE;
            case Credential.Header header -> Report.Credential.PRESENT;
            case Credential.GoogleToken token -> Report.Credential.GOOGLE_ACCOUNT;
            case Credential.Missing missing -> Report.Credential.MISSING;
        };
    }

    /** Why a deployment cannot be asked, null if it can. */
    static @Nullable String lacking(Deployment deployment) {
        if (deployment.unusable() != null) {
            return deployment.unusable();
        }
        return deployment.endpoint().credential() instanceof Credential.Missing missing
                ? missing.message()
                : null;
    }
}
