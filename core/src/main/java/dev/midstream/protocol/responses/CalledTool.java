package dev.midstream.protocol.responses;

import dev.midstream.json.JsonOut;
import dev.midstream.json.JsonSplice;
import dev.midstream.model.Json;
import dev.midstream.model.StreamEvent.ToolCallHead;
import dev.midstream.protocol.BodyReader;
import dev.midstream.protocol.InvalidRequest;
import dev.midstream.protocol.responses.DeclaredTools.Declared;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A tool that the model calls, as the client declared it.
 *
 * @param namespace null outside of any
 * @param custom whether the call carries free text
 */
record CalledTool(@Nullable String namespace, String name, boolean custom) {

    /**
     * @param further what else the upstream told of the call in this protocol
     */
    static CalledTool of(ToolCallHead head, @Nullable Json further, DeclaredTools tools) {
        Declared declared = tools.declared(head.name());
        if (declared == null) {
            return new CalledTool(namespace(further), head.name(), head.custom());
        }
        String own = namespace(further);
        return new CalledTool(
                own != null ? own : declared.namespace(),
                declared.name(),
                head.custom() || declared.custom());
    }

    private static @Nullable String namespace(@Nullable Json further) {
        if (further == null || !further.text().startsWith("{")) {
            return null;
        }
        try {
            return Fields.of("", further).optional("namespace");
        } catch (InvalidRequest | JacksonException notOurs) {
            return null;
        }
    }

    /** Writes what an item that is announced says of the call. */
    void write(JsonOut json, String callId) {
        json.member("status", "in_progress").member("call_id", callId).member("name", name);
        if (namespace != null) {
            json.member("namespace", namespace);
        }
        json.member(custom ? "input" : "arguments", "");
    }

    /** The name of a call that was announced, as JSON. */
    static String name(byte[] item) {
        Json name = JsonSplice.of(item).value("name");
        return name == null ? "\"\"" : name.text();
    }

    /**
     * The free text of a call whose arguments are JSON: the member {@code input}, else the only
     * text there is, else all as it is.
     */
    static String input(String arguments) {
        String[] input = new String[1];
        String[] only = new String[1];
        int[] members = new int[1];
        try (BodyReader in = new BodyReader(arguments.getBytes(StandardCharsets.UTF_8))) {
            in.body(
                    name -> {
                        members[0]++;
                        if (!in.isString()) {
                            in.skip();
                        } else if (name.equals("input")) {
                            input[0] = in.string(name);
                        } else {
                            only[0] = in.string(name);
                        }
                    });
        } catch (InvalidRequest | JacksonException notAnObject) {
            return arguments;
        }
        if (input[0] != null) {
            return input[0];
        }
        return members[0] == 1 && only[0] != null ? only[0] : arguments;
    }
}
