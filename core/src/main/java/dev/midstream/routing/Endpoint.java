package dev.midstream.routing;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a deployment's requests go.
 *
 * @param stream the URL asked for a stream
 * @param plain the URL asked for a plain answer; mostly the same
 * @param headers further headers; the credential is not among them
 * @param passage the way that leads there
 */
public record Endpoint(
        URI stream,
        URI plain,
        Map<String, String> headers,
        Credential credential,
        Passage passage) {

    public Endpoint {
        headers = Map.copyOf(headers);
    }

    /** An endpoint with nothing in between. */
    public Endpoint(URI stream, URI plain, Map<String, String> headers, Credential credential) {
        this(stream, plain, headers, credential, Passage.DIRECT);
    }

    /** The same host and credential, another URL. */
    public Endpoint at(URI url) {
        return new Endpoint(url, url, headers, credential, passage);
    }

    /**
     * Something below the URL of plain answers: {@code .../responses} and {@code /resp_1} make
     * {@code .../responses/resp_1}.
     *
     * @param path encoded, with a slash in front
     * @param query encoded; put behind the URL's own, null for none
     */
    public URI below(String path, @Nullable String query) {
        String own = plain.getRawQuery();
        String both = own == null ? query : query == null ? own : own + "&" + query;
        return URI.create(
                plain.getScheme()
                        + "://"
                        + plain.getRawAuthority()
                        + plain.getRawPath()
                        + path
                        + (both == null ? "" : "?" + both));
    }

    /**
     * The URL that was configured, without its query, what the protocol puts behind it, and a slash
     * at its end.
     */
    public String base() {
        String path =
                plain.getPath()
                        .replaceFirst(
                                "(/chat/completions|/v1/messages|/responses|/embeddings)$", "");
        return plain.getScheme() + "://" + plain.getAuthority() + path;
    }
}
