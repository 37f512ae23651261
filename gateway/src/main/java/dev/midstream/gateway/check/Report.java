package dev.midstream.gateway.check;

import dev.midstream.gateway.check.Finding.Severity;
import dev.midstream.model.Method;
import dev.midstream.routing.Limits;
import dev.midstream.routing.ModelFacts;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was understood of a configuration, and what is to be said about it. Immutable; holds no
 * secret.
 *
 * @param file as it was named
 * @param readable whether the configuration can be used; without it there are no groups
 * @param findings the gravest first
 */
public record Report(String file, boolean readable, List<Group> groups, List<Finding> findings) {

    public Report {
        groups = List.copyOf(groups);
        findings = List.copyOf(findings);
    }

    /** A model group. */
    public record Group(
            String name, List<String> aliases, List<Served> deployments, List<Chain> chains) {
        public Group {
            aliases = List.copyOf(aliases);
            deployments = List.copyOf(deployments);
            chains = List.copyOf(chains);
        }
    }

    /**
     * A deployment.
     *
     * @param model {@code anthropic/claude-sonnet-4-6}
     * @param host where it is asked
     * @param protocols for answers, the usual one first
     * @param credential how it is asked in whose name
     * @param lacking what is missing so that it could be asked, null if nothing is
     * @param order {@link Integer#MAX_VALUE} where nothing was said
     */
    public record Served(
            String id,
            String model,
            String host,
            List<String> protocols,
            Credential credential,
            @Nullable String lacking,
            int order,
            double weight,
            Limits limits,
            ModelFacts facts,
            Set<String> tags) {
        public Served {
            protocols = List.copyOf(protocols);
            tags = Set.copyOf(tags);
        }

        /** Whether it can be asked at all. */
        public boolean usable() {
            return lacking == null;
        }
    }

    /** How a deployment is asked in whose name. */
    public enum Credential {
        PRESENT,
        /** None is needed. */
        NONE,
        /** Access tokens of a Google account, got at run time. */
        GOOGLE_ACCOUNT,
        MISSING;

        /** {@code present}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The walk of a request after failures of one kind. */
    public record Chain(Cause cause, List<Hop> hops) {
        public Chain {
            hops = List.copyOf(hops);
        }
    }

    /** What makes a request walk on. */
    public enum Cause {
        FAILURE("any failure"),
        CONTEXT_WINDOW("context window exceeded"),
        CONTENT_POLICY("refused by content policy");

        private final String label;

        Cause(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }

        /** {@code context_window}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One deployment of a walk.
     *
     * @param fallback whether its group is another one than the client asked for
     * @param reached whether the budget lets a request come that far
     * @param altered members of the request that the fallback replaces
     * @param way how it would go on with an answer that broke off
     */
    public record Hop(
            String group,
            String deployment,
            String model,
            boolean fallback,
            boolean reached,
            List<String> altered,
            Way way) {
        public Hop {
            altered = List.copyOf(altered);
        }
    }

    /**
     * How a deployment goes on with a text that broke off.
     *
     * @param methods best first; empty where the client is told of the break
     * @param why in words
     * @param source who says so
     */
    public record Way(List<Method> methods, String why, Source source) {
        public Way {
            methods = List.copyOf(methods);
        }

        /** In words: {@code prefill (prefix: true)}. */
        public String label() {
            return methods.isEmpty() ? "ends in the error" : label(methods.getFirst());
        }

        private static String label(Method method) {
            return switch (method) {
                case PREFIX -> "prefill (prefix: true)";
                case PARTIAL -> "prefill (partial: true)";
                case CONTINUE_FINAL_MESSAGE -> "prefill (continue_final_message)";
                case USER_TURN -> "user turn";
                case ORIGINAL, RESUME, PREFILL, REPLAY, RESTART -> method.word();
            };
        }
    }

    /** Who says how a deployment goes on. */
    public enum Source {
        /** The capability table. */
        TABLE,
        /** The deployment's own {@code model_info}. */
        MODEL_INFO,
        /** The settings of the router or of the group that was asked for. */
        SETTINGS;

        /** {@code model_info}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How many findings there are of this severity. */
    public long count(Severity severity) {
        return findings.stream().filter(finding -> finding.severity() == severity).count();
    }

    /**
     * What a build is told: 0 if all is well, 1 if something cannot work at run time, 2 if the
     * configuration cannot be used.
     *
     * @param strict whether warnings count like problems
     */
    public int exitStatus(boolean strict) {
        if (!readable) {
            return 2;
        }
        long counting = count(Severity.PROBLEM) + (strict ? count(Severity.WARNING) : 0);
        return counting == 0 ? 0 : 1;
    }
}
