package dev.midstream.guide;

import dev.midstream.testkit.Protocol;
import dev.midstream.testkit.ScriptedModel;
import dev.midstream.testkit.ScriptedProvider;

final class FailingProvider {

    private FailingProvider() {}

    static String tryIt(AgainstIt application) {
        var model = ScriptedModel.answering("Once upon a time there was a ferryman.").cutAfter(3);
        try (var provider = ScriptedProvider.start("primary", Protocol.CHAT)) {
            provider.answering(model);
            application.run(provider.baseUrl().toString());
            provider.verify();
            return provider.toString();
        }
    }

    interface AgainstIt {
        void run(String baseUrl);
    }
}
