package dev.midstream.client;

import dev.midstream.config.ConfigurationReader;
import dev.midstream.config.InvalidConfiguration;
import dev.midstream.routing.RouterConfig;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.ScriptedProvider;
import java.io.FileNotFoundException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A router with a primary and a fallback, each a scripted provider. */
final class Bench implements AutoCloseable {

    final ScriptedProvider primary;
    final ScriptedProvider fallback;
    final Router router;

    Bench(Dialect first, String firstModel, Dialect second, String secondModel) {
        this(first, firstModel, second, secondModel, "", List.of(), null);
    }

    Bench(
            Dialect first,
            String firstModel,
            Dialect second,
            String secondModel,
            String settings,
            List<RouterListener> listeners,
            @Nullable RecoveryPolicy policy) {
        primary = ScriptedProvider.start("primary", first);
        fallback = ScriptedProvider.start("fallback", second);
        String yaml =
                """
                model_list:
                  - model_name: chat
                    litellm_params: {model: %s, api_base: '%s', api_key: sk-primary}
                  - model_name: backup
                    litellm_params: {model: %s, api_base: '%s', api_key: sk-fallback}
                router_settings:
                  fallbacks: [{chat: [backup]}]
                %s
                """
                        .formatted(
                                firstModel,
                                primary.baseUrl(),
                                secondModel,
                                fallback.baseUrl(),
                                settings(settings).indent(2));
        router = new Router(new RouterParts(config(yaml), null, null, Map.of(), listeners, policy));
    }

    private static String settings(String own) {
        return own.contains("num_retries") ? own : "num_retries: 0\n" + own;
    }

    static Bench chat() {
        return new Bench(Dialect.chat(), "openai/one", Dialect.chat(), "openai/two");
    }

    static RouterConfig config(String yaml) {
        try {
            return new ConfigurationReader(
                            name -> null,
                            path -> {
                                throw new FileNotFoundException(path);
                            })
                    .read("config.yaml", yaml)
                    .router();
        } catch (InvalidConfiguration e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        router.close();
        primary.close();
        fallback.close();
    }
}
