package dev.midstream.gateway.check;

import dev.midstream.gateway.check.Finding.Kind;
import dev.midstream.gateway.check.Finding.Severity;
import dev.midstream.gateway.check.Report.Cause;
import dev.midstream.gateway.check.Report.Chain;
import dev.midstream.gateway.check.Report.Hop;
import dev.midstream.model.Method;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.Fallback;
import dev.midstream.routing.Fallbacks;
import dev.midstream.routing.Fleet;
import dev.midstream.routing.MidStream;
import dev.midstream.routing.ModelGroup;
import dev.midstream.routing.RouterConfig;
import dev.midstream.routing.Settings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be said about one model group and its chains. Used once. */
final class Findings {

    private final Fleet fleet;
    private final ModelGroup group;
    private final Settings settings;
    private final List<Chain> chains;
    private final Ways ways;
    private final List<Finding> findings = new ArrayList<>();

    Findings(
            RouterConfig config,
            ModelGroup group,
            Settings settings,
            List<Chain> chains,
            Ways ways) {
        this.fleet = new Fleet(config);
        this.group = group;
        this.settings = settings;
        this.chains = chains;
        this.ways = ways;
    }

    List<Finding> all() {
        group.deployments().forEach(this::deployment);
        Fallbacks fallbacks = group.fallbacks();
        selves("fallbacks", fallbacks.general());
        selves("context_window_fallbacks", fallbacks.contextWindow());
        selves("content_policy_fallbacks", fallbacks.contentPolicy());
        chains.forEach(this::windows);
        walk(chains.getFirst());
        return findings;
    }

    private void say(Severity severity, Kind kind, String message) {
        findings.add(new Finding(severity, kind, group.name(), message));
    }

    // ------------------------------------------------------------------------------ deployments

    private void deployment(Deployment deployment) {
        if (Survey.lacking(deployment) == null && ways.prefillAgainstTable(deployment)) {
            String message =
                    "supports_assistant_prefill: true of %s is doubtful: %s"
                            .formatted(Survey.model(deployment), ways.grounds(deployment).why());
            say(Severity.WARNING, Kind.OVERRIDE_AGAINST_TABLE, message);
        }
    }

    // -------------------------------------------------------------------------------- fallbacks

    /** Fallbacks that lead back to the group itself, by an alias or a deployment's id. */
    private void selves(String key, List<Fallback> fallbacks) {
        List<String> selves =
                fallbacks.stream()
                        .filter(fallback -> fallback.variant().none())
                        .map(Fallback::model)
                        .filter(this::itself)
                        .toList();
        if (selves.isEmpty()) {
            return;
        }
        boolean only = selves.size() == fallbacks.size();
        String message =
                "%s: %s %s this group itself%s"
                        .formatted(
                                key,
                                String.join(", ", selves),
                                selves.size() == 1 ? "is" : "are",
                                only ? ", its only fallback" : "");
        say(Severity.PROBLEM, Kind.SELF_FALLBACK, message);
    }

    private boolean itself(String name) {
        return fleet.group(name).filter(other -> other.name().equals(group.name())).isPresent();
    }

    /** Fallbacks that take less than who is asked first; what is not known is not said. */
    private void windows(Chain chain) {
        Long first = chain.hops().isEmpty() ? null : window(chain.hops().getFirst());
        if (first == null) {
            return;
        }
        for (Hop hop : chain.hops().subList(1, chain.hops().size())) {
            Long window = window(hop);
            if (window != null && tooSmall(chain.cause(), window, first)) {
                boolean futile = chain.cause() == Cause.CONTEXT_WINDOW;
                String message =
                        "%s of %s takes %,d tokens, %s, which is asked first, %,d"
                                .formatted(
                                        hop.model(),
                                        hop.group(),
                                        window,
                                        chain.hops().getFirst().model(),
                                        first);
                Severity severity = futile ? Severity.PROBLEM : Severity.WARNING;
                say(severity, Kind.SMALLER_WINDOW, prefix(chain) + message);
            }
        }
    }

    private static String prefix(Chain chain) {
        return chain.cause() == Cause.FAILURE ? "" : "after " + chain.cause().label() + ": ";
    }

    /** Who is asked because the window was too small has to have a larger one. */
    private static boolean tooSmall(Cause cause, long window, long first) {
        return cause == Cause.CONTEXT_WINDOW ? window <= first : window < first;
    }

    private @Nullable Long window(Hop hop) {
        return fleet.deployment(hop.deployment())
                .map(deployment -> deployment.facts().maxInputTokens())
                .orElse(null);
    }

    // ------------------------------------------------------------------------------------- walk

    private void walk(Chain chain) {
        List<Hop> hops = chain.hops();
        if (hops.isEmpty()) {
            say(Severity.PROBLEM, Kind.NOBODY_TO_ASK, "nobody can be asked: every request fails");
            return;
        }
        hops.stream().filter(Hop::reached).forEach(this::way);
        alone(hops);
        fleet.deployment(hops.getFirst().deployment()).ifPresent(this::deadline);
        List<String> unreached =
                hops.stream().filter(hop -> !hop.reached()).map(Hop::model).distinct().toList();
        if (unreached.isEmpty()) {
            return;
        }
        String who = String.join(", ", unreached);
        if (settings.disableFallbacks()) {
            say(Severity.NOTE, Kind.FALLBACKS_OFF, "disable_fallbacks: nobody asks " + who);
        } else {
            String bound =
                    settings.maxAttempts() == null
                            ? "max_fallbacks: " + settings.maxFallbacks()
                            : "max_attempts: " + settings.maxAttempts();
            say(Severity.WARNING, Kind.BEYOND_BUDGET, bound + " ends the walk before " + who);
        }
    }

    private void deadline(Deployment first) {
        Duration silence = settings.clocks(first, false).firstToken();
        if (settings.requestTimeout().compareTo(silence) <= 0) {
            String message =
                    "request_timeout ends everything after %s, streams that run and fallbacks included; a silent %s is given up after %s only (first_token_timeout). What bounds one call is timeout"
                            .formatted(
                                    seconds(settings.requestTimeout()),
                                    Survey.model(first),
                                    seconds(silence));
            say(Severity.WARNING, Kind.SHORT_DEADLINE, message);
        }
    }

    private static String seconds(Duration time) {
        BigDecimal seconds = BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros();
        return seconds.toPlainString() + " s";
    }

    private void way(Hop hop) {
        boolean anewOnly =
                !hop.way().methods().isEmpty()
                        && hop.way().methods().stream().allMatch(m -> m == Method.REPLAY)
                        && settings.continuation() == null;
        if (anewOnly && hop.way().source() == Report.Source.SETTINGS) {
            String message =
                    hop.model()
                            + " can only answer anew, which helps if it says the same again: "
                            + hop.way().why();
            say(Severity.WARNING, Kind.ONLY_REPLAY, message);
        }
    }

    private void alone(List<Hop> hops) {
        boolean silent = settings.midStream() == MidStream.ERROR;
        if (silent) {
            String message = "mid_stream: error: a break after the first words ends in the error";
            say(Severity.NOTE, Kind.BREAK_ENDS_IN_ERROR, message);
        }
        if (hops.stream().filter(Hop::reached).count() > 1) {
            return;
        }
        String who = hops.getFirst().model() + " is alone";
        if (retried(hops.getFirst())) {
            String message = who + ": a break can only be continued by itself";
            say(Severity.NOTE, Kind.NO_SECOND_DEPLOYMENT, message);
        } else if (!silent) {
            String message = who + " and never asked again: every break ends in the error";
            say(Severity.WARNING, Kind.BREAK_ENDS_IN_ERROR, message);
        }
    }

    private boolean retried(Hop hop) {
        Integer attempts = settings.maxAttempts();
        int retries =
                fleet.deployment(hop.deployment())
                        .map(Deployment::numRetries)
                        .orElse(settings.numRetries());
        return retries > 0 && (attempts == null || attempts > 1);
    }
}
