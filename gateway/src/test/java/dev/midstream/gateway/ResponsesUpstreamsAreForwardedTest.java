package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.config.Configuration;
import dev.midstream.config.ConfigurationReader;
import dev.midstream.config.InvalidConfiguration;
import dev.midstream.gateway.log.RequestLog;
import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.ResponsesQuirk;
import dev.midstream.testkit.ResponsesStreamGrammar;
import dev.midstream.testkit.ResponsesTranscript;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients of the Responses API over upstreams of the same, with all that servers do differently.
 */
class ResponsesUpstreamsAreForwardedTest {

    private static final String CONFIGURATION =
            """
            model_list:
              - model_name: primary
                litellm_params: {model: openai/responses/one, api_base: os.environ/PRIMARY, api_key: sk-primary}
              - model_name: fallback
                litellm_params: {model: openai/responses/two, api_base: os.environ/FALLBACK, api_key: sk-fallback}
            router_settings:
              fallbacks: [{primary: [fallback]}]
              cooldown_time: 0
            """;

    private static final String ASKED =
            "{\"model\":\"primary\",\"stream\":true,\"input\":\"x\",\"include\":[\"reasoning.encrypted_content\"],"
                    + "\"tools\":[{\"type\":\"function\",\"name\":\"f\"}]}";

    private static List<Step> everything() {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step.Reasoning(0, "Let me "));
        steps.add(new Step.Reasoning(0, "think"));
        steps.add(new Step.EndBlock());
        steps.add(new Step.Text("Once "));
        steps.add(new Step.Text("upon"));
        steps.add(new Step.EndBlock());
        steps.add(new Step.ToolCall(0, "call_1", "f", List.of("{\"a\":", "1}")));
        steps.addAll(Answer.completion("tool_calls", new Step.Usage(3, 4, 1, 2)));
        return steps;
    }

    private static ResponsesTranscript answered(Dialect dialect, Answer primary, Answer fallback)
            throws Exception {
        try (ScriptedProvider one = ScriptedProvider.start("one", dialect);
                ScriptedProvider two = ScriptedProvider.start("two", Dialect.responses());
                Gateway gateway =
                        Gateway.start(
                                GatewayOptions.DEFAULTS.on(TransportKind.NIO),
                                read(one, two).router(),
                                RequestLog.json(line -> {}));
                SseClient client = client(one, two, gateway, primary, fallback)) {
            assertThat(client.awaitEnd()).isEqualTo(SseClient.End.CLEAN);
            return ResponsesStreamGrammar.check(client.body());
        }
    }

    private static SseClient client(
            ScriptedProvider one,
            ScriptedProvider two,
            Gateway gateway,
            Answer primary,
            Answer fallback) {
        one.enqueue(primary);
        two.enqueue(fallback);
        return SseClient.post(gateway.baseUrl().resolve("/v1/responses"), ASKED);
    }

    private static Configuration read(ScriptedProvider one, ScriptedProvider two) {
        Map<String, String> environment =
                Map.of(
                        "PRIMARY", one.baseUrl().toString(),
                        "FALLBACK", two.baseUrl().toString());
        try {
            return new ConfigurationReader(
                            environment::get,
                            path -> {
                                throw new IOException("no files in tests");
                            })
                    .read("test.yaml", CONFIGURATION);
        } catch (InvalidConfiguration e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "ITEM_IDS_ROTATE",
                "DONE_SENT",
                "KEEPALIVE",
                "RATE_LIMITS_LAST",
                "REASONING_SILENT",
                "REASONING_TEXT",
                "SUMMARY_IN_PARTS",
                "OBFUSCATION"
            })
    void whateverServersDoDifferentlyTheStreamIsValid(ResponsesQuirk quirk) throws Exception {
        ResponsesTranscript transcript =
                answered(Dialect.responses(quirk), Answer.of(everything()), Answer.text("no"));
        assertThat(transcript.status()).isEqualTo("completed");
        assertThat(transcript.text()).isEqualTo("Once upon");
        assertThat(transcript.items()).hasSize(3);
    }

    @Test
    void whereverItIsCutTheStreamEndsValid() throws Exception {
        List<Step> whole = everything();
        for (int cut = 1; cut < 8; cut++) {
            List<Step> steps = new ArrayList<>(whole.subList(0, cut));
            steps.add(new Step.Cut());
            ResponsesTranscript transcript =
                    answered(Dialect.responses(), Answer.of(steps), Answer.of(everything()));
            assertThat(transcript.response().path("output").findValues("call_id"))
                    .as("calls after a cut behind step %d", cut)
                    .hasSizeLessThanOrEqualTo(1);
        }
    }
}
