package dev.midstream.config;

import dev.midstream.routing.AllowedFails;
import dev.midstream.routing.ErrorKind;
import dev.midstream.routing.Retries;
import dev.midstream.routing.RetryPolicy;
import dev.midstream.yaml.YamlNode.Entry;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads LiteLLM's policies by kind of error: {@code retry_policy} and its kin. */
final class PolicyReader {

    private static final String RETRIES = "Retries";
    private static final String ALLOWED = "AllowedFails";
    private static final int MOST_RETRIES = 100;
    private static final int MOST_FAILS = 1_000_000;

    private PolicyReader() {}

    static Retries retries(Section router, Set<String> groups) {
        RetryPolicy general = retryPolicy(router.section("retry_policy"));
        Section all = router.section("model_group_retry_policy");
        Map<String, RetryPolicy> byGroup = new LinkedHashMap<>();
        for (Entry entry : all.mapping().entries()) {
            byGroup.put(entry.name(), retryPolicy(all.section(entry.name())));
            if (!groups.contains(entry.name())) {
                warn(
                        all,
                        entry,
                        "no group `"
                                + entry.name()
                                + "` for `model_group_retry_policy`"
                                + NearNames.question(entry.name(), groups));
            }
        }
        return new Retries(general, byGroup);
    }

    private static RetryPolicy retryPolicy(Section policy) {
        Set<ErrorKind> kinds = EnumSet.allOf(ErrorKind.class);
        kinds.remove(ErrorKind.BAD_GATEWAY);
        return new RetryPolicy(counts(policy, kinds, RETRIES, MOST_RETRIES));
    }

    /** The router's, or those that stand under {@code model_info}. */
    static AllowedFails allowedFails(Section section) {
        Set<ErrorKind> kinds = EnumSet.complementOf(EnumSet.of(ErrorKind.OTHER));
        return new AllowedFails(
                section.whole("allowed_fails", 0, MOST_FAILS),
                counts(section.section("allowed_fails_policy"), kinds, ALLOWED, MOST_FAILS));
    }

    private static Map<ErrorKind, Integer> counts(
            Section policy, Set<ErrorKind> kinds, String suffix, int most) {
        Map<ErrorKind, Integer> counts = new EnumMap<>(ErrorKind.class);
        for (ErrorKind kind : kinds) {
            Integer count = policy.whole(kind.key() + suffix, 0, most);
            if (count != null) {
                counts.put(kind, count);
            }
        }
        List<String> known = kinds.stream().map(kind -> kind.key() + suffix).toList();
        policy.left().forEach(entry -> unknown(policy, entry, known));
        return counts;
    }

    private static void unknown(Section policy, Entry entry, Collection<String> known) {
        warn(
                policy,
                entry,
                "unknown key `"
                        + entry.name()
                        + "` in `"
                        + policy.name()
                        + "`"
                        + NearNames.question(entry.name(), known));
    }

    private static void warn(Section section, Entry entry, String message) {
        section.reading().diagnostics().warning(entry.key().at(), message);
    }
}
