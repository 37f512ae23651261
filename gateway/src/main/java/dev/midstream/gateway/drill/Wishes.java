package dev.midstream.gateway.drill;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Settings that a scenario wants for its one request, as that request's headers: these go before
 * whatever the operator configured. Immutable.
 *
 * @param lines of {@code router_settings}
 */
record Wishes(List<String> lines) {

    Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : lines) {
            String key = line.substring(0, line.indexOf(':'));
            headers.put(name(key), value(line.substring(key.length() + 1).strip()));
        }
        return headers;
    }

    private static String name(String key) {
        return key.equals("num_retries")
                ? "x-litellm-num-retries"
                : "x-midstream-" + key.replace('_', '-');
    }

    private static String value(String yaml) {
        boolean quoted = yaml.length() > 1 && yaml.startsWith("'") && yaml.endsWith("'");
        return quoted ? yaml.substring(1, yaml.length() - 1).replace("''", "'") : yaml;
    }
}
