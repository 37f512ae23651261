package dev.midstream.config;

import dev.midstream.config.Passages.Wrong;
import dev.midstream.model.Secret;
import dev.midstream.routing.Passage.Kind;
import dev.midstream.routing.Passage.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that the environment names: {@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code
 * ALL_PROXY} and their exceptions in {@code NO_PROXY}, in upper or lower case, as curl and Python's
 * HTTP clients read them. Immutable.
 */
final class Proxies {

    private final Map<String, Proxy> byScheme = new HashMap<>();
    private final List<String> exceptions;

    /**
     * @param wrong told of what cannot be used
     */
    Proxies(Environment environment, Consumer<Wrong> wrong) {
        for (String scheme : List.of("https", "http")) {
            String variable =
                    environment.firstSet(
                            List.of(
                                    scheme + "_proxy",
                                    scheme.toUpperCase(Locale.ROOT) + "_PROXY",
                                    "all_proxy",
                                    "ALL_PROXY"));
            String url = variable == null ? null : environment.get(variable);
            if (variable != null && url != null) {
                Proxy proxy = proxy(url.strip());
                if (proxy != null) {
                    byScheme.put(scheme, proxy);
                } else {
                    wrong.accept(
                            new Wrong(
                                    "the environment variable "
                                            + variable
                                            + " is no proxy; expected `http://host:port` or `socks5://host:port`, with `user:password@` where it asks for that"));
                }
            }
        }
        String variable = environment.firstSet(List.of("no_proxy", "NO_PROXY"));
        String listed = variable == null ? null : environment.get(variable);
        this.exceptions =
                listed == null
                        ? List.of()
                        : List.of(listed.toLowerCase(Locale.ROOT).strip().split("[\\s,]+"));
    }

    /** What a request to this URL goes through, null for nothing. */
    @Nullable Proxy of(URI url) {
        String scheme = url.getScheme();
        String host = url.getHost();
        if (scheme == null || host == null) {
            return null;
        }
        Proxy proxy = byScheme.get(scheme.toLowerCase(Locale.ROOT));
        return proxy == null || excepted(bare(host), url.getPort()) ? null : proxy;
    }

    private static String bare(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.startsWith("[") ? lower.substring(1, lower.length() - 1) : lower;
    }

    private boolean excepted(String host, int port) {
        return exceptions.stream().anyMatch(exception -> covers(exception, host, port));
    }

    /** {@code *}, a host, a domain with or without a dot before it, each maybe with a port. */
    private static boolean covers(String exception, String host, int port) {
        int colon = exception.indexOf(':');
        boolean withPort = colon > 0 && exception.indexOf(':', colon + 1) < 0;
        if (withPort && !exception.substring(colon + 1).equals(Integer.toString(port))) {
            return false;
        }
        String name = withPort ? exception.substring(0, colon) : bare(exception);
        String domain = name.startsWith("*.") ? name.substring(1) : name;
        String suffix = domain.startsWith(".") ? domain : "." + domain;
        return name.equals("*")
                || host.equals(name)
                || host.equals(suffix.substring(1))
                || host.endsWith(suffix);
    }

    private static @Nullable Proxy proxy(String url) {
        try {
            URI uri = new URI(url.contains("://") ? url : "http://" + url);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            Kind kind =
                    switch (scheme) {
                        case "http" -> Kind.HTTP;
                        case "socks5", "socks5h" -> Kind.SOCKS5;
                        default -> null;
                    };
            if (kind == null || uri.getHost() == null) {
                return null;
            }
            int port = uri.getPort() >= 0 ? uri.getPort() : kind == Kind.HTTP ? 80 : 1080;
            String[] login =
                    uri.getRawUserInfo() == null
                            ? new String[0]
                            : uri.getRawUserInfo().split(":", 2);
            return new Proxy(
                    kind,
                    uri.getHost(),
                    port,
                    login.length > 0 ? decoded(login[0]) : null,
                    login.length > 1 ? Secret.of(decoded(login[1])) : null);
        } catch (URISyntaxException | IllegalArgumentException e) {
            return null;
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
