package dev.midstream.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for: the conversation in canonical form, and the client's own bytes.
 *
 * <p>A deployment of the same protocol is sent the bytes with only the edited members spliced; any
 * other gets the canonical form encoded in its own protocol. Immutable; the arrays of {@code body}
 * are not modified by anyone.
 *
 * <p>A request made in code ({@link #to}) is of no protocol and has no body: every protocol writes
 * it anew, from its canonical members alone.
 *
 * @param protocol the client's protocol, {@code openai-chat}; empty for a request of none
 * @param model the model group asked for, as written
 * @param stream whether the client wants a stream
 * @param streamUsage whether the client wants usage in its stream
 * @param messages the conversation, system turns included and in their places
 * @param maxTokens the limit of output tokens, null if none
 * @param stop stop strings
 * @param choices how many answers are wanted
 * @param reasoning null if the client said nothing about it
 * @param parallelToolCalls null if the client said nothing about it
 * @param user the end user's id, null if none
 * @param further all other members by name, as written: carried to the same protocol, dropped or
 *     refused elsewhere
 * @param headers request headers that the protocol gives a meaning (such as {@code
 *     anthropic-beta}), by lower-case name: carried to the same protocol
 * @param previous the kept answer that this request goes on from, null if there is none. Only its
 *     deployment can be asked by that name; what any other is sent has to hold the whole
 *     conversation
 * @param body the client's body with the router's own members still in it
 */
public record Request(
        String protocol,
        String model,
        boolean stream,
        boolean streamUsage,
        List<Message> messages,
        List<Tool> tools,
        @Nullable ToolChoice toolChoice,
        @Nullable Boolean parallelToolCalls,
        @Nullable Integer maxTokens,
        List<String> stop,
        int choices,
        Sampling sampling,
        ResponseFormat format,
        @Nullable ReasoningRequest reasoning,
        @Nullable String user,
        Map<String, Json> further,
        Map<String, String> headers,
        @Nullable Held previous,
        byte[] body) {

    public Request {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        stop = List.copyOf(stop);
        further = Map.copyOf(further);
        headers = Map.copyOf(headers);
    }

    /**
     * A request made in code.
     *
     * @param model the model group to ask
     */
    public static RequestBuilder to(String model) {
        return new RequestBuilder(model);
    }

    /**
     * The same wishes for another conversation. Such a request is of no protocol: what only its
     * protocol could say is left out, {@code further} members and {@code headers}, a kept answer
     * that it went on from, and the client's own bytes.
     *
     * @param conversation the whole of it, in place of what was said before
     */
    public Request with(List<Message> conversation) {
        return new Request(
                "",
                model,
                stream,
                streamUsage,
                conversation,
                tools,
                toolChoice,
                parallelToolCalls,
                maxTokens,
                stop,
                choices,
                sampling,
                format,
                reasoning,
                user,
                Map.of(),
                Map.of(),
                null,
                new byte[0]);
    }

    /** The same request, its answer wanted as it comes or as a whole. */
    public Request streamed(boolean asItComes) {
        return new Request(
                protocol,
                model,
                asItComes,
                streamUsage,
                messages,
                tools,
                toolChoice,
                parallelToolCalls,
                maxTokens,
                stop,
                choices,
                sampling,
                format,
                reasoning,
                user,
                further,
                headers,
                previous,
                body);
    }

    /**
     * What makes the request impossible whoever is asked, in words that name place, expectation and
     * value; empty if nothing does. What only some providers refuse is not known here.
     */
    public List<String> problems() {
        return RequestProblems.of(this);
    }

    /**
     * Those of {@link #problems} that are numbers out of bounds, whatever protocol the request came
     * in. Some providers give a {@code top_k} below 1 a meaning.
     */
    public List<String> excesses() {
        return RequestProblems.ofNumbers(this);
    }
}
