package dev.midstream.model;

import java.util.List;
import java.util.Map;

/**
 * A deployment as the protocol that writes its requests sees it.
 *
 * @param id the deployment's id
 * @param group the model group it serves
 * @param provider {@code openai}, {@code vertex_ai}, as in LiteLLM
 * @param model the upstream's name of the model
 * @param protocol the protocol that it speaks
 * @param origin whose reasoning it can take back: {@link Seal#CLAUDE} for every home of Claude,
 *     else a name of its provider and account that tells nothing about either's secrets
 * @param defaults further request members from the configuration, added where the client gave none
 * @param dropUnsupported whether parameters that the target cannot take are dropped instead of
 *     refused
 * @param dropAlways members never sent to this target
 * @param quirks what is special about it
 */
public record Target(
        String id,
        String group,
        String provider,
        String model,
        String protocol,
        String origin,
        Map<String, Json> defaults,
        boolean dropUnsupported,
        List<String> dropAlways,
        List<Quirk> quirks) {

    /** The protocol of vectors made of texts: not a conversation, so nothing translates into it. */
    public static final String EMBEDDINGS = "openai-embeddings";

    /** No protocol: the provider is plugged in and asked in the canonical model. */
    public static final String IN_PROCESS = "in-process";

    public Target {
        defaults = Map.copyOf(defaults);
        dropAlways = List.copyOf(dropAlways);
        quirks = List.copyOf(quirks);
    }

    /** Whether it can be talked with, whatever the protocol of those who do. */
    public boolean converses() {
        return !protocol.equals(EMBEDDINGS);
    }

    /** Whether its provider is plugged in, so that nothing is sent to its endpoint. */
    public boolean inProcess() {
        return protocol.equals(IN_PROCESS);
    }

    public boolean has(Quirk quirk) {
        return quirks.contains(quirk);
    }
}
