package dev.midstream.protocol.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.model.Draft;
import dev.midstream.model.Json;
import dev.midstream.model.Message;
import dev.midstream.model.Message.Role;
import dev.midstream.model.Method;
import dev.midstream.model.Request;
import dev.midstream.model.Seal;
import dev.midstream.model.Target;
import dev.midstream.protocol.InvalidRequest;
import dev.midstream.protocol.Untranslatable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Requests from Messages clients to deployments of the same protocol, as Claude Code 2.1 sends them
 * and Anthropic's pages on thinking, effort and prefill tell them (2026-11).
 */
class OwnRequestsKeepTheirBytesTest {

    private static final String HI = "{\"role\":\"user\",\"content\":\"Hi\"}";

    /** What a session asks, piece by piece. */
    private static final class Own {
        private final String body;
        private String provider = "anthropic";
        private String model = "claude-sonnet-4-5";
        private Map<String, Json> defaults = Map.of();
        private boolean drop;
        private List<String> never = List.of();
        private Map<String, String> headers = Map.of();
        private Method method = Method.ORIGINAL;
        private List<Message> appended = List.of();
        private @Nullable Integer left;
        private boolean stream = true;
        private boolean without;

        Own(String body) {
            this.body = body;
        }

        static Own of(String members, String turns) {
            return new Own(
                    "{\"model\":\"group\",\"max_tokens\":4000,"
                            + members
                            + "\"messages\":["
                            + turns
                            + "]}");
        }

        Own to(String name) {
            model = name;
            return this;
        }

        Own vertex() {
            provider = "vertex_ai";
            return this;
        }

        Own standard(String name, String json) {
            defaults = Map.of(name, new Json(json));
            return this;
        }

        Own dropping() {
            drop = true;
            return this;
        }

        Own never(String... names) {
            never = List.of(names);
            return this;
        }

        Own beta(String beta) {
            headers = Map.of("anthropic-beta", beta, "anthropic-version", "2023-06-01");
            return this;
        }

        Own plain() {
            stream = false;
            return this;
        }

        /** Without reasoning, format, forced tool. */
        Own constrained() {
            without = true;
            return this;
        }

        Own appending(Method how, String... said) {
            method = how;
            appended =
                    said.length == 1
                            ? List.of(Message.of(Role.ASSISTANT, said[0]))
                            : List.of(
                                    Message.of(Role.ASSISTANT, said[0]),
                                    Message.of(Role.USER, said[1]));
            return this;
        }

        Own left(int tokens) {
            left = tokens;
            return this;
        }

        Draft draft() {
            Request request;
            try {
                request =
                        new MessagesProtocol()
                                .parse(body.getBytes(StandardCharsets.UTF_8), headers::get);
            } catch (InvalidRequest invalid) {
                throw new AssertionError(invalid);
            }
            return new Draft(
                    request, method, appended, left, stream, without, without, without, true);
        }

        Target target() {
            return new Target(
                    "d1",
                    "group",
                    provider,
                    model,
                    MessagesProtocol.NAME,
                    Seal.CLAUDE,
                    defaults,
                    drop,
                    never,
                    List.of());
        }

        String sent() throws Untranslatable {
            return sent(draft());
        }

        String sent(Draft draft) throws Untranslatable {
            return new String(
                    new MessagesProtocol().encode(draft, target()), StandardCharsets.UTF_8);
        }

        String counted() throws Untranslatable {
            return new String(
                    new MessagesProtocol().encodeCount(draft(), target()), StandardCharsets.UTF_8);
        }
    }

    @Test
    void onlyTheModelChanges() throws Untranslatable {
        String body =
                "{ \"model\" : \"group\",\n \"max_tokens\":3.2e4, \"unknown\": {\"a\":[1.00,null]},\"stream\" : true,"
                        + " \"system\":[{\"text\":\"\\u0041\",\"type\":\"text\",\"cache_control\":{\"type\":\"ephemeral\"}}],"
                        + " \"messages\" : [ {\"content\": [ {\"type\":\"new_block\"} ], \"role\":\"user\"} ] ,"
                        + "\"tools\":[{\"name\":\"f\",\"input_schema\":{},\"defer_loading\":true}]}";
        String valid = body.replace("3.2e4", "32000");
        assertThat(new Own(valid).sent())
                .isEqualTo(valid.replace("\"group\"", "\"claude-sonnet-4-5\""));
    }

    @Test
    void whatClaudeCodeSendsGoesAsItIs() throws Untranslatable {
        String members =
                "\"thinking\":{\"type\":\"adaptive\",\"display\":\"updates\"},\"context_management\":{\"edits\":["
                        + "{\"type\":\"clear_thinking_20251015\",\"keep\":\"all\"}]},\"output_config\":{\"effort\":\"high\"},"
                        + "\"metadata\":{\"user_id\":\"{}\"},\"stream\":true,";
        Own own =
                Own.of(
                        members,
                        HI
                                + ",{\"role\":\"system\",\"content\":[{\"type\":\"text\",\"text\":\"s\"}]}");
        assertThat(own.to("claude-opus-5").sent())
                .isEqualTo(own.body.replace("\"group\"", "\"claude-opus-5\""));
    }

    @Test
    void vertexIsToldAVersionInPlaceOfAModel() throws Untranslatable {
        assertThat(Own.of("", HI).vertex().sent())
                .isEqualTo(
                        "{\"max_tokens\":4000,\"messages\":["
                                + HI
                                + "],\"anthropic_version\":\"vertex-2023-10-16\",\"stream\":true}");
    }

    @Test
    void routersMembersStayHere() throws Untranslatable {
        String members = "\"num_retries\":1,\"fallbacks\":[\"m\"],\"mock_x\":1,";
        assertThat(Own.of(members, HI).plain().sent())
                .isEqualTo(
                        "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":4000,\"messages\":["
                                + HI
                                + "]}");
        Own anthropics = Own.of("\"fallbacks\":[{\"model\":\"m\"}],", HI);
        assertThat(anthropics.beta("server-side-fallback-2026-06-01").sent())
                .contains("\"fallbacks\":[{\"model\":\"m\"}]");
        assertThat(anthropics.vertex().sent()).doesNotContain("fallbacks");
    }

    @Test
    void betasAndVersionArePassedOn() {
        Own own = Own.of("", HI).beta("a,b");
        MessagesProtocol protocol = new MessagesProtocol();
        assertThat(protocol.headers(own.draft(), own.target()))
                .isEqualTo(Map.of("anthropic-beta", "a,b", "anthropic-version", "2023-06-01"));
        assertThat(protocol.headers(own.draft(), own.vertex().target()))
                .isEqualTo(Map.of("anthropic-beta", "a,b"));
    }

    @Test
    void aStreamIsAskedForWhereOneIsWanted() throws Untranslatable {
        assertThat(Own.of("\"stream\":true,", HI).plain().sent()).contains("\"stream\":false");
        assertThat(Own.of("\"stream\":false,", HI).sent()).contains("\"stream\":true");
    }

    @Test
    void thinkingThatNobodyCanReadIsLeftOut() throws Untranslatable {
        String foreign = new Seal("openai:a", "x").written(Seal.CLAUDE);
        String turns =
                HI
                        + ",{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"a\",\"signature\":\"\"},"
                        + "{\"type\":\"thinking\",\"thinking\":\"b\"},{\"type\":\"redacted_thinking\",\"data\":\""
                        + foreign
                        + "\"},{\"type\":\"thinking\",\"thinking\":\"c\",\"signature\":\""
                        + foreign
                        + "\"}]},"
                        + HI
                        + ",{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"a\",\"signature\":\"\"},"
                        + "{\"type\":\"thinking\",\"thinking\":\"d\",\"signature\":\"good\"},{\"type\":\"text\", \"text\":\"e\"}],\"x\":1},"
                        + HI;
        assertThat(Own.of("", turns).sent())
                .contains(
                        "\"messages\":["
                                + HI
                                + ","
                                + HI
                                + ",{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"d\","
                                + "\"signature\":\"good\"},{\"type\":\"text\", \"text\":\"e\"}],\"x\":1},"
                                + HI
                                + "]");
    }

    @Test
    void refusedReasoningIsLeftOutAndSwitchedOff() throws Untranslatable {
        String members =
                "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000},\"context_management\":{\"edits\":["
                        + "{\"type\":\"clear_thinking_20251015\"},{\"type\":\"clear_tool_uses_20250919\"}]},";
        String turns =
                HI
                        + ",{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"d\","
                        + "\"signature\":\"good\"},{\"type\":\"text\",\"text\":\"e\"}]},"
                        + HI;
        Own own = Own.of(members, turns);
        assertThat(own.sent(own.draft().withoutAnyReasoning()))
                .doesNotContain("thinking")
                .contains("{\"edits\":[{\"type\":\"clear_tool_uses_20250919\"}]}");
        own.to("claude-opus-5");
        assertThat(own.sent(own.draft().withoutAnyReasoning()))
                .contains("\"thinking\":{\"type\":\"disabled\"}");
        own.to("claude-fable-5");
        assertThat(own.sent(own.draft().withoutAnyReasoning()))
                .doesNotContain("thinking\":{")
                .contains("\"output_config\":{\"effort\":\"low\"}");
    }

    @Test
    void callsThatLostTheirReasoningSwitchABudgetOff() throws Untranslatable {
        String turns =
                HI
                        + ",{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{}}]},"
                        + "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"content\":\"x\"}]}";
        String budget = "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000},";
        assertThat(Own.of(budget, turns).sent()).doesNotContain("thinking");
        String adaptive = "\"thinking\":{\"type\":\"adaptive\"},";
        assertThat(Own.of(adaptive, turns).to("claude-opus-4-8").sent()).contains(adaptive);
    }

    @Test
    void thinkingTakesTheFormOfTheModel() throws Untranslatable {
        String budget = "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2048},";
        assertThat(Own.of(budget, HI).to("claude-opus-4-7").sent())
                .contains("\"thinking\":{\"type\":\"adaptive\",\"display\":\"summarized\"}")
                .contains("\"output_config\":{\"effort\":\"medium\"}");
        assertThat(Own.of(budget, HI).to("claude-sonnet-4-6").sent()).contains(budget);
        String adaptive =
                "\"thinking\":{\"type\":\"adaptive\"},\"output_config\":{\"effort\":\"medium\"},";
        assertThat(Own.of(adaptive, HI).sent())
                .contains("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2048}")
                .doesNotContain("effort");
        assertThat(Own.of(adaptive, HI).to("somebody-elses").sent()).contains(adaptive);
        assertThat(Own.of("\"thinking\":{\"type\":\"disabled\"},", HI).to("claude-fable-5").sent())
                .doesNotContain("thinking");
        assertThat(
                        Own.of("\"output_config\":{\"effort\":\"xhigh\"},", HI)
                                .to("claude-opus-4-6")
                                .sent())
                .contains("\"output_config\":{\"effort\":\"high\"}");
        assertThat(
                        Own.of("\"output_config\":{\"effort\":\"high\"},", HI)
                                .to("claude-opus-4-5")
                                .sent())
                .contains("\"output_config\":{\"effort\":\"high\"}");
    }

    @Test
    void aLowerLimitShrinksTheBudget() throws Untranslatable {
        String budget = "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":3000},";
        assertThat(Own.of(budget, HI).left(2500).sent())
                .contains("\"max_tokens\":2500", "\"budget_tokens\":1250");
        assertThat(Own.of(budget, HI).left(1500).sent()).doesNotContain("thinking");
    }

    @Test
    void theSystemInBetweenIsFoldedForModelsThatDoNotKnowIt() throws Untranslatable {
        String system =
                "{\"role\":\"system\",\"content\":[{\"type\":\"text\",\"text\":\"s\",\"cache_control\":{\"type\":\"ephemeral\"}}]}";
        String folded =
                "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"<system>\\ns\\n</system>\","
                        + "\"cache_control\":{\"type\":\"ephemeral\"}}]}";
        assertThat(Own.of("", HI + "," + system).to("claude-sonnet-4-6").sent())
                .contains("[" + HI + "," + folded + "]");
        assertThat(
                        Own.of("", HI + ",{\"role\":\"system\",\"content\":\"s\"}")
                                .to("claude-sonnet-4-6")
                                .sent())
                .contains("{\"role\":\"user\",\"content\":\"<system>\\ns\\n</system>\"}");
        assertThat(Own.of("", HI + "," + system).to("claude-sonnet-5").sent())
                .contains(HI + "," + system);
        String call =
                "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{}}]}";
        String result =
                "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"content\":\"x\"}]}";
        assertThat(Own.of("", HI + "," + call + "," + system + "," + result).sent())
                .contains("[" + HI + "," + call + "," + result + "," + folded + "]");
    }

    @Test
    void continuationsStandBehind() throws Untranslatable {
        assertThat(Own.of("", HI).appending(Method.PREFILL, "Once \n").left(7).sent())
                .isEqualTo(
                        "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":7,\"messages\":["
                                + HI
                                + ",{\"role\":\"assistant\",\"content\":\"Once\"}],\"stream\":true}");
        assertThat(Own.of("", HI).appending(Method.USER_TURN, "Once ", "Go on").sent())
                .contains(
                        HI
                                + ",{\"role\":\"assistant\",\"content\":\"Once \"},{\"role\":\"user\",\"content\":\"Go on\"}]");
        assertThat(Own.of("", HI).appending(Method.PREFILL, " ").sent())
                .contains("\"messages\":[" + HI + "]");
    }

    @Test
    void anAnswerThatTheClientBeganIsGoneOnWith() throws Untranslatable {
        String begun = "{\"role\":\"assistant\",\"content\":\"Once\"}";
        assertThat(Own.of("", HI + "," + begun).appending(Method.PREFILL, " upon ").sent())
                .contains("{\"role\":\"assistant\",\"content\":\"Once upon\"}]");
        String blocks =
                "{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"Once\",\"x\":1}]}";
        assertThat(Own.of("", HI + "," + blocks).appending(Method.USER_TURN, " upon ", "Go").sent())
                .contains("[{\"type\":\"text\",\"text\":\"Once upon \",\"x\":1}]}");
    }

    @Test
    void whatAContinuationCannotHaveIsLeftOut() throws Untranslatable {
        String members =
                "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000},\"tool_choice\":{\"type\":\"any\","
                        + "\"disable_parallel_tool_use\":true},\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{}}},"
                        + "\"stop_sequences\":[\"END\"],";
        assertThat(Own.of(members, HI).appending(Method.PREFILL, "x E").constrained().sent())
                .isEqualTo(
                        "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":4000,\"tool_choice\":{\"type\":\"auto\","
                                + "\"disable_parallel_tool_use\":true},\"messages\":["
                                + HI
                                + ",{\"role\":\"assistant\",\"content\":\"x E\"}],\"stream\":true}");
    }

    @Test
    void samplingThatTheModelDoesNotTakeIsNamedOrDropped() throws Untranslatable {
        Own own = Own.of("\"temperature\":0.5,\"top_k\":4,", HI).to("claude-opus-4-7");
        assertThatThrownBy(own::sent)
                .isInstanceOf(Untranslatable.class)
                .hasMessageContaining("`temperature` cannot be sent");
        assertThat(own.dropping().sent()).doesNotContain("temperature").doesNotContain("top_k");
        assertThat(Own.of("\"temperature\":1.0,", HI).to("claude-opus-4-7").sent())
                .doesNotContain("temperature");
        assertThat(Own.of("\"temperature\":0.5,", HI).sent()).contains("\"temperature\":0.5");
    }

    @Test
    void theConfigurationAddsAndLeavesOut() throws Untranslatable {
        assertThat(Own.of("", HI).standard("stop", "\"END\"").sent())
                .contains("\"stop_sequences\":[\"END\"]");
        assertThat(Own.of("", HI).standard("temperature", "0.1").sent())
                .contains("\"temperature\":0.1");
        assertThat(Own.of("\"temperature\":0.7,", HI).standard("temperature", "0.1").sent())
                .contains("\"temperature\":0.7")
                .doesNotContain("0.1");
        assertThat(
                        Own.of("", HI)
                                .standard("reasoning_effort", "\"high\"")
                                .to("claude-opus-5")
                                .sent())
                .contains("\"type\":\"adaptive\"", "\"effort\":\"high\"");
        assertThat(Own.of("", HI).standard("response_format", "{}").sent())
                .doesNotContain("response_format");
        assertThat(
                        Own.of(
                                        "\"metadata\":{},\"x\":1,\"output_format\":{\"type\":\"json_schema\",\"schema\":{}},",
                                        HI)
                                .never("user", "x", "response_format", "messages")
                                .sent())
                .isEqualTo(
                        "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":4000,\"messages\":["
                                + HI
                                + "],\"stream\":true}");
    }

    @Test
    void tokensAreAskedForWithoutWhatOnlyAnAnswerNeeds() throws Untranslatable {
        String members =
                "\"stream\":true,\"temperature\":1,\"metadata\":{},\"tools\":[{\"name\":\"f\",\"input_schema\":{}}],\"system\":\"s\",";
        String counted =
                "{\"model\":\"claude-sonnet-4-5\",\"tools\":[{\"name\":\"f\",\"input_schema\":{}}],\"system\":\"s\","
                        + "\"messages\":["
                        + HI
                        + "]}";
        assertThat(Own.of(members, HI).counted()).isEqualTo(counted);
        assertThat(Own.of(members, HI).vertex().counted())
                .contains("\"model\":\"claude-sonnet-4-5\"", "vertex-2023-10-16");
    }
}
