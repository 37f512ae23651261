package dev.midstream.config;

import dev.midstream.yaml.YamlNode;
import dev.midstream.yaml.YamlNode.Sequence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads whether {@code rpm} and {@code tpm} are limits, or shares only. */
final class LimitRules {

    private static final String RULE = "model_rate_limits";
    private static final String CHECKS = "optional_pre_call_checks";
    private static final String ENFORCED = "enforce_model_rate_limits";

    /** LiteLLM's others. */
    private static final List<String> NOT_YET =
            List.of(
                    "prompt_caching",
                    "router_budget_limiting",
                    "responses_api_deployment_check",
                    "deployment_affinity",
                    "session_affinity",
                    "forward_client_headers_by_model_group",
                    "encrypted_content_affinity");

    private final Section router;

    LimitRules(Section router) {
        this.router = router;
    }

    /** They are, unless the operator says otherwise and nothing else asks for it. */
    boolean enforced(String strategy) {
        boolean weighed = weighed();
        YamlNode demanded = demanded();
        YamlNode rule = router.node(RULE);
        if (weighed && demanded != null && rule != null) {
            router.reading()
                    .warning(rule, "`" + ENFORCED + "` stands beside `weigh`; the limits count");
        }
        return !weighed || demanded != null || strategy.startsWith("usage-based-routing");
    }

    private boolean weighed() {
        String rule = router.text(RULE);
        YamlNode node = router.node(RULE);
        if (rule == null || node == null) {
            return false;
        }
        boolean weighed = rule.strip().equals("weigh");
        if (!weighed && !rule.strip().equals("enforce")) {
            router.reading().wrong(RULE, node, "`enforce` or `weigh`");
        }
        return weighed;
    }

    private @Nullable YamlNode demanded() {
        YamlNode checks = router.node(CHECKS);
        List<YamlNode> items = checks instanceof Sequence list ? list.items() : List.of();
        if (checks != null && !(checks instanceof Sequence)) {
            router.reading().expected(CHECKS, checks, "a list of checks");
        }
        YamlNode demanded = null;
        for (YamlNode item : items) {
            String check = router.reading().text(CHECKS, item);
            if (ENFORCED.equals(check)) {
                demanded = item;
            } else if (check != null) {
                report(check, item);
            }
        }
        return demanded;
    }

    private void report(String check, YamlNode item) {
        String said =
                NOT_YET.contains(check)
                        ? " is understood by LiteLLM and has no effect here yet"
                        : " is no check" + NearNames.question(check, List.of(ENFORCED));
        router.reading().warning(item, "`" + CHECKS + "`: " + Reading.shown(item) + said);
    }
}
