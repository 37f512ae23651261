package dev.midstream.config;

import dev.midstream.model.Seal;
import dev.midstream.provider.ModelName;
import dev.midstream.provider.Provider;
import dev.midstream.provider.Provider.Kind;
import dev.midstream.provider.Urls;
import dev.midstream.routing.Credential;
import dev.midstream.routing.Endpoint;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * In which protocols a deployment is asked.
 *
 * <p>OpenAI and Azure serve every model by Chat Completions and by the Responses API: whoever
 * speaks the latter gets it. {@code mode: responses}, and LiteLLM's {@code responses/} before the
 * model's name, make it the only one, for any provider of their kind; {@code mode: chat} rules it
 * out.
 *
 * @param responsesOnly whether everybody is answered by the Responses API
 * @param responsesToo whether those who speak it are
 */
record Faces(boolean responsesOnly, boolean responsesToo) {

    static final String RESPONSES = "openai-responses";
    static final String PREFIX = "responses/";

    private static final Set<String> BOTH = Set.of("openai", "azure");
    private static final int ACCOUNT_BYTES = 6;

    static Faces of(ModelName model, @Nullable String mode) {
        Provider provider = model.provider();
        if (provider.kind() != Kind.OPENAI && provider.kind() != Kind.AZURE) {
            return new Faces(false, false);
        }
        boolean only = "responses".equals(mode) || model.model().startsWith(PREFIX);
        return new Faces(only, !only && mode == null && BOTH.contains(provider.name()));
    }

    /** The usual endpoint, from that of Chat Completions. */
    Endpoint usual(Endpoint chat) {
        return responsesOnly ? responses(chat) : chat;
    }

    static Endpoint responses(Endpoint chat) {
        URI url = Urls.responses(chat.plain());
        return new Endpoint(url, url, chat.headers(), chat.credential());
    }

    /**
     * Who can read the reasoning that was sealed there: everybody who serves Claude, else only the
     * same account.
     */
    static String origin(ModelName model, Endpoint endpoint) {
        Provider provider = model.provider();
        if (provider.protocol().equals("anthropic-messages")) {
            return Seal.CLAUDE;
        }
        String secret =
                endpoint.credential() instanceof Credential.Header header
                        ? header.secret().reveal()
                        : "";
        String account = endpoint.plain().getAuthority() + "\n" + secret;
        byte[] hash = DeploymentId.sha256().digest(account.getBytes(StandardCharsets.UTF_8));
        return provider.name() + "/" + HexFormat.of().formatHex(hash, 0, ACCOUNT_BYTES);
    }
}
