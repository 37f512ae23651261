package dev.midstream.simulation;

import dev.midstream.model.Json;
import dev.midstream.model.Message;
import dev.midstream.model.ReasoningRequest;
import dev.midstream.model.Request;
import dev.midstream.model.ResponseFormat;
import dev.midstream.model.Sampling;
import dev.midstream.model.Tool;
import dev.midstream.routing.ModelGroup;
import dev.midstream.routing.RouterConfig;
import dev.midstream.routing.Settings;
import dev.midstream.routing.SettingsPatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Everything that determines one run of the world.
 *
 * @param seed for what is left to chance: how text is cut into events, pauses between them, pings
 * @param stream whether the client asked for a stream
 * @param blocksInOrder whether the client's protocol wants blocks in order
 * @param groups the group asked for, then its fallbacks in order
 * @param requests how many clients come one after the other, each to what the last one left
 */
record Schedule(
        long seed,
        WholeAnswer answer,
        boolean stream,
        boolean blocksInOrder,
        Settings settings,
        List<List<SimDeployment>> groups,
        Pace pace,
        Visit visit,
        int requests) {

    /**
     * How upstreams talk.
     *
     * @param longestGap the longest time between two events
     * @param longestPiece the most characters in a delta
     * @param clutter whether pings and malformed events are strewn in
     * @param inTurns whether the pieces of parallel tool calls come in turns
     */
    record Pace(Duration longestGap, int longestPiece, boolean clutter, boolean inTurns) {}

    /**
     * How the client behaves.
     *
     * @param leavesAfter after how many inputs of the engine it leaves; -1 for never
     * @param stopsReadingAfter after how many inputs it stops to take anything; -1 for never
     * @param stopsFor how long it does not
     * @param decisionTakes how long a decision between two attempts takes
     * @param givesUpAt at which decision it is decided to give up, counted from 0; -1 for never
     * @param capricious whether decisions are made by chance
     */
    record Visit(
            int leavesAfter,
            int stopsReadingAfter,
            Duration stopsFor,
            Duration decisionTakes,
            int givesUpAt,
            boolean capricious) {
        static final Visit PATIENT = new Visit(-1, -1, Duration.ZERO, Duration.ZERO, -1, false);
    }

    Schedule {
        groups = groups.stream().map(List::copyOf).toList();
    }

    static String groupName(int index) {
        return "group" + index;
    }

    Request request() {
        List<Tool> tools =
                answer.hasCalls()
                        ? List.of(new Tool.Function("weather", null, Json.EMPTY_OBJECT, null, null))
                        : List.of();
        return new Request(
                SimFrames.PROTOCOL,
                groupName(0),
                stream,
                true,
                List.of(Message.of(Message.Role.USER, "Tell me.")),
                tools,
                null,
                null,
                null,
                List.of(),
                answer.choices(),
                Sampling.NONE,
                answer.structured() ? new ResponseFormat.JsonObject() : new ResponseFormat.Text(),
                answer.reasoning().isEmpty()
                        ? null
                        : new ReasoningRequest("low", null, null, false),
                null,
                Map.of(),
                Map.of(),
                null,
                new byte[0]);
    }

    RouterConfig routerConfig() {
        List<ModelGroup> configured = new ArrayList<>();
        List<String> fallbacks = new ArrayList<>();
        for (int i = groups.size() - 1; i >= 0; i--) {
            configured.addFirst(
                    new ModelGroup(
                            groupName(i),
                            groups.get(i).stream().map(SimDeployment::configured).toList(),
                            i == 0 ? fallbacks : List.of(),
                            SettingsPatch.EMPTY));
            fallbacks.addFirst(groupName(i));
        }
        return new RouterConfig(
                configured,
                Map.of(),
                List.of(),
                settings,
                Duration.ofSeconds(5),
                null,
                Duration.ZERO);
    }
}
