package dev.midstream.config;

import dev.midstream.model.Seal;
import dev.midstream.model.Target;
import dev.midstream.provider.ModelName;
import dev.midstream.provider.Provider;
import dev.midstream.provider.Provider.Kind;
import dev.midstream.provider.Urls;
import dev.midstream.routing.Credential;
import dev.midstream.routing.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * In which protocols a deployment is asked.
 *
 * <p>OpenAI and Azure serve every model by Chat Completions and by the Responses API: whoever
 * speaks the latter gets it. {@code mode: responses}, and LiteLLM's {@code responses/} before the
 * model's name, make it the only one, for any provider of their kind; {@code mode: chat} rules it
 * out. {@code mode: embedding} makes embeddings the only thing that is asked for; where no mode is
 * given they may be asked for too.
 *
 * @param usual the protocol that everybody is answered by, null for the provider's
 * @param others those that only who speaks them is answered by
 */
record Faces(@Nullable String usual, List<String> others) {

    static final String PREFIX = "responses/";

    private static final String RESPONSES = "openai-responses";
    private static final Set<String> BOTH = Set.of("openai", "azure");
    private static final int ACCOUNT_BYTES = 6;

    static Faces of(ModelName model, @Nullable String mode) {
        Provider provider = model.provider();
        if (provider.kind() != Kind.OPENAI && provider.kind() != Kind.AZURE) {
            return new Faces(null, List.of());
        }
        if ("embedding".equals(mode)) {
            return new Faces(Target.EMBEDDINGS, List.of());
        }
        boolean responses = "responses".equals(mode) || model.model().startsWith(PREFIX);
        if (responses || mode != null) {
            return new Faces(responses ? RESPONSES : null, List.of());
        }
        return new Faces(
                null,
                BOTH.contains(provider.name())
                        ? List.of(RESPONSES, Target.EMBEDDINGS)
                        : List.of(Target.EMBEDDINGS));
    }

    /** The protocol of the usual face. */
    String usual(Provider provider) {
        return usual != null ? usual : provider.protocol();
    }

    /** Where a protocol is asked, from where Chat Completions are. */
    static Endpoint endpoint(String protocol, Endpoint chat) {
        return switch (protocol) {
            case RESPONSES -> chat.at(Urls.responses(chat.plain()));
            case Target.EMBEDDINGS -> chat.at(Urls.embeddings(chat.plain()));
            default -> chat;
        };
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
