package dev.midstream.provider;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Forms the URLs that requests go to. All methods are pure.
 *
 * <p><b>Failure</b>: {@link IllegalUrl} for what is not an absolute http or https URL, or carries
 * credentials.
 */
public final class Urls {

    private static final String AZURE_V1 = "/openai/v1";

    private static final String RESPONSES_SINCE = "2025-03-01";
    private static final Pattern API_VERSION =
            Pattern.compile("api-version=(\\d{4}-\\d\\d-\\d\\d)");

    private Urls() {}

    /** A base URL as given, checked; without trailing slashes. */
    public static URI base(String given) throws IllegalUrl {
        URI uri = parse(given);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalUrl("a URL that begins with http:// or https://");
        }
        if (uri.getRawUserInfo() != null || (uri.getHost() == null && given.contains("@"))) {
            throw new IllegalUrl(
                    "a URL without a user name and password in it; set api_key instead");
        }
        if (uri.getHost() == null || uri.getPort() > 65_535) {
            throw new IllegalUrl("a URL with a host: https://host/path");
        }
        if (uri.getRawFragment() != null) {
            throw new IllegalUrl("a URL without a fragment (#)");
        }
        return withPath(uri, trimSlashes(uri.getRawPath()), uri.getRawQuery());
    }

    private static URI parse(String given) throws IllegalUrl {
        try {
            return new URI(given.strip());
        } catch (URISyntaxException e) {
            throw new IllegalUrl("a URL: https://host/path");
        }
    }

    /**
     * Where Chat Completions go: {@code {base}/chat/completions}, whatever of it the base already
     * has.
     */
    public static URI chat(URI base, String suffix) {
        String path = base.getRawPath();
        if (path.endsWith("/chat/completions")) {
            return base;
        }
        String root = path.endsWith(suffix) ? path : path + suffix;
        return withPath(base, root + "/chat/completions", base.getRawQuery());
    }

    /** Where Messages go: {@code {base}/v1/messages}, whatever of it the base already has. */
    public static URI messages(URI base) {
        String path = base.getRawPath();
        if (path.endsWith("/v1/messages")) {
            return base;
        }
        String root = path.endsWith("/v1") ? path : path + "/v1";
        return withPath(base, root + "/messages", base.getRawQuery());
    }

    /**
     * Where Chat Completions of one Azure deployment go.
     *
     * @param base the resource, its {@code /openai/v1}, or the deployment's whole URL
     * @param apiVersion ignored by the {@code v1} form unless it is {@code preview} or {@code
     *     latest}
     */
    public static URI azure(URI base, String deployment, String apiVersion) {
        String path = base.getRawPath();
        if (path.endsWith(AZURE_V1)) {
            boolean named = apiVersion.equals("preview") || apiVersion.equals("latest");
            return withPath(
                    base, path + "/chat/completions", named ? "api-version=" + apiVersion : null);
        }
        String query =
                base.getRawQuery() != null
                        ? base.getRawQuery()
                        : "api-version=" + segment(apiVersion);
        if (path.endsWith("/chat/completions")) {
            return withPath(base, path, query);
        }
        String resource =
                path.endsWith("/openai")
                        ? path.substring(0, path.length() - "/openai".length())
                        : path;
        String root =
                path.contains("/openai/deployments/")
                        ? path
                        : resource + "/openai/deployments/" + segment(deployment);
        return withPath(base, root + "/chat/completions", query);
    }

    /**
     * Where Responses go, from where Chat Completions do.
     *
     * <p>Azure serves them at the resource, not at a deployment: at {@code /openai/responses} from
     * the version {@code 2025-03-01-preview} on, and at {@code /openai/v1/responses}.
     *
     * @param chat as {@link #chat} or {@link #azure} made it
     */
    public static URI responses(URI chat) {
        String path = chat.getRawPath();
        int deployment = path.indexOf("/openai/deployments/");
        if (deployment < 0) {
            String root = trimSlashes(path.replaceFirst("/chat/completions$", ""));
            return withPath(chat, root + "/responses", chat.getRawQuery());
        }
        String resource = path.substring(0, deployment);
        String query = chat.getRawQuery();
        Matcher version = API_VERSION.matcher(query == null ? "" : query);
        boolean known = version.find() && version.group(1).compareTo(RESPONSES_SINCE) >= 0;
        return known
                ? withPath(chat, resource + "/openai/responses", query)
                : withPath(chat, resource + AZURE_V1 + "/responses", null);
    }

    /**
     * Where Embeddings go, from where Chat Completions do.
     *
     * @param chat as {@link #chat} or {@link #azure} made it
     */
    public static URI embeddings(URI chat) {
        String root = trimSlashes(chat.getRawPath().replaceFirst("/chat/completions$", ""));
        return withPath(
                chat,
                root.endsWith("/embeddings") ? root : root + "/embeddings",
                chat.getRawQuery());
    }

    /** The host that serves a location of Vertex AI. */
    public static URI vertexHost(String location) {
        return URI.create(
                switch (location) {
                    case "global" -> "https://aiplatform.googleapis.com";
                    case "us", "eu" -> "https://aiplatform." + location + ".rep.googleapis.com";
                    default -> "https://" + location + "-aiplatform.googleapis.com";
                });
    }

    /**
     * Where a Claude model on Vertex AI is asked.
     *
     * @param base a host, or what a gateway before it has as its beginning; a {@code /v1} at its
     *     end is not doubled
     */
    public static URI vertex(
            URI base, String project, String location, String model, boolean stream) {
        String path = base.getRawPath();
        String root = path.endsWith("/v1") ? path : path + "/v1";
        String method = stream ? ":streamRawPredict" : ":rawPredict";
        return withPath(
                base,
                root
                        + ("/projects/" + segment(project))
                        + ("/locations/" + segment(location))
                        + ("/publishers/anthropic/models/" + segment(model) + method),
                base.getRawQuery());
    }

    /**
     * The URL of another model, where the URL names the model.
     *
     * @param url as {@link #azure} or {@link #vertex} made it for {@code model}
     */
    public static URI ofModel(URI url, String model, String other) {
        String path =
                url.getRawPath()
                        .replace(
                                "/openai/deployments/" + segment(model) + "/",
                                "/openai/deployments/" + segment(other) + "/")
                        .replace(
                                "/publishers/anthropic/models/" + segment(model) + ":",
                                "/publishers/anthropic/models/" + segment(other) + ":");
        return withPath(url, path, url.getRawQuery());
    }

    static Optional<String> host(String url) {
        try {
            return Optional.ofNullable(new URI(url).getHost());
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static URI withPath(URI uri, String path, @Nullable String query) {
        String tail = query == null ? "" : "?" + query;
        return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + path + tail);
    }

    private static String trimSlashes(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    /** One path segment, percent-encoded where it must be. */
    private static String segment(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 128 && (Character.isLetterOrDigit(c) || "-._~@:".indexOf(c) >= 0)) {
                out.append(c);
            } else {
                out.append("%%%02X".formatted((int) c));
            }
        }
        return out.toString();
    }
}
