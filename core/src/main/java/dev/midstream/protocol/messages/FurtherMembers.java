package dev.midstream.protocol.messages;

import dev.midstream.model.Json;
import dev.midstream.model.RouterMembers;
import dev.midstream.protocol.Untranslatable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What becomes of the members of another protocol's request that the canonical one has no place
 * for.
 *
 * <p>Some say nothing about the answer and are left out without a word: the router's own, and what
 * is bound to a vendor's accounts and caches. Some are Anthropic's own and go out as they are. A
 * member whose value asks for nothing ({@code "logprobs": false}) is left out. Everything else the
 * Messages API cannot do.
 */
final class FurtherMembers {

    private static final Set<String> SAYING_NOTHING =
            Set.of(
                    "metadata",
                    "stream_options",
                    "service_tier",
                    "prompt_cache_key",
                    "prompt_cache_retention",
                    "safety_identifier",
                    "thinking");

    private static final Set<String> OURS =
            Set.of("container", "context_management", "mcp_servers");

    /**
     * What the Messages API answers with an error, so that a configuration made for chat does no
     * harm.
     */
    private static final Set<String> CHATS_ONLY =
            Set.of(
                    "audio",
                    "frequency_penalty",
                    "logit_bias",
                    "logprobs",
                    "modalities",
                    "n",
                    "prediction",
                    "presence_penalty",
                    "response_format",
                    "seed",
                    "store",
                    "stream_options",
                    "tool_choice",
                    "tools",
                    "top_logprobs",
                    "verbosity",
                    "web_search_options");

    private static final Set<String> NEUTRAL =
            Set.of("null", "false", "0", "0.0", "\"\"", "[]", "{}");

    private static final Map<String, String> NEUTRAL_VALUES =
            Map.of("modalities", "[\"text\"]", "verbosity", "\"medium\"");

    private FurtherMembers() {}

    /**
     * The members to send as they are, by name.
     *
     * @throws Untranslatable if one asks for what the API cannot do and must not be dropped
     */
    static Map<String, Json> carried(Wishes wishes) throws Untranslatable {
        boolean ours = wishes.request().protocol().equals(MessagesProtocol.NAME);
        Map<String, Json> carried = new TreeMap<>();
        for (Map.Entry<String, Json> member :
                new TreeMap<>(wishes.request().further()).entrySet()) {
            String name = member.getKey();
            if (!wishes.sends(name) || saysNothing(name)) {
                continue;
            }
            if (ours || OURS.contains(name)) {
                carried.put(name, member.getValue());
            } else if (!neutral(name, member.getValue().text())) {
                wishes.limits().drop(name, "the Messages API has nothing like it");
            }
        }
        return carried;
    }

    /**
     * What the configuration adds to send as it is, by name.
     *
     * @throws Untranslatable as above
     */
    static Map<String, Json> standard(Wishes wishes) throws Untranslatable {
        Map<String, Json> standard = wishes.unread();
        for (Map.Entry<String, Json> member : List.copyOf(standard.entrySet())) {
            String name = member.getKey();
            if (CHATS_ONLY.contains(name) && !neutral(name, member.getValue().text())) {
                wishes.limits().drop(name, "the Messages API has nothing like it");
            }
        }
        standard.keySet().removeAll(CHATS_ONLY);
        return standard;
    }

    /** Whether a member means something to Chat Completions and nothing here. */
    static boolean chatsOnly(String name) {
        return CHATS_ONLY.contains(name) && !name.equals("tools") && !name.equals("tool_choice");
    }

    private static boolean saysNothing(String name) {
        return SAYING_NOTHING.contains(name)
                || RouterMembers.own(name)
                || name.startsWith("litellm_");
    }

    private static boolean neutral(String name, String value) {
        String bare = value.replaceAll("\\s", "");
        return NEUTRAL.contains(bare) || bare.equals(NEUTRAL_VALUES.get(name));
    }
}
