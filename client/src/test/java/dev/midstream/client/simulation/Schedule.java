package dev.midstream.client.simulation;

import dev.midstream.model.FinishReason;
import dev.midstream.testkit.Behaviour;
import dev.midstream.testkit.ModelAnswer;
import dev.midstream.testkit.Protocol;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;

/** What a seed determines before anything is played. */
final class Schedule {

    /** How the caller takes the answer. */
    enum Face {
        BLOCKING,
        SUBSCRIBED,
        WHOLE,
        JSON_BLOCKING,
        JSON_SUBSCRIBED,
        JSON_WHOLE;

        boolean json() {
            return compareTo(JSON_BLOCKING) >= 0;
        }
    }

    /** A deployment over the wire, and what goes wrong with the requests to it, one by one. */
    static final class Upstream {
        private final String name;
        private final Protocol protocol;
        private final Behaviour manner;
        private final Iterator<Mishap> mishaps;

        Upstream(String name, Protocol protocol, Behaviour manner, List<Mishap> mishaps) {
            this.name = name;
            this.protocol = protocol;
            this.manner = manner;
            this.mishaps = mishaps.iterator();
        }

        String name() {
            return name;
        }

        Protocol protocol() {
            return protocol;
        }

        Behaviour manner() {
            return manner;
        }

        Mishap next() {
            return mishaps.hasNext() ? mishaps.next() : Mishap.NONE;
        }
    }

    private static final String STORY =
            "The ferryman had one rule, and he told it to everybody who came down to the landing with a horse:"
                    + " do not change horses in midstream. He had seen it tried, he said, once by a priest"
                    + " and once by a drover, and both times the water – brown, wide, in no hurry – had kept"
                    + " the saddle and given back the man.";

    /** Begins as no beginning of the story does: after "The" nobody could tell "There" from it. */
    private static final String DIGRESSION =
            "Quite another matter: rivers were roads long before there were roads.";

    private static final List<Behaviour> MANNERS =
            List.of(
                    new Behaviour.Repeats(),
                    new Behaviour.Preamble(),
                    new Behaviour.StartsAnew(),
                    new Behaviour.Digresses(DIGRESSION),
                    new Behaviour.RefusesTask(),
                    new Behaviour.ContinuesWithoutAnchor());

    private final long seed;
    private final RandomGenerator random;
    private final Face face;
    private final Protocol asked;
    private final List<Upstream> upstreams;
    private final ModelAnswer said;
    private final boolean refusesPrefill;
    private final boolean plugged;
    private final String settings;

    Schedule(long seed, RandomGenerator random) {
        this.seed = seed;
        this.random = random;
        this.face = pick(Face.values());
        this.asked = pick(Protocol.values());
        this.upstreams = List.of(upstream("one", 3), upstream("two", 2));
        this.refusesPrefill = oneIn(2);
        this.said = saying();
        this.plugged = oneIn(3) && tools().isEmpty();
        this.settings = settings();
    }

    private Upstream upstream(String name, int most) {
        List<Mishap> mishaps = new ArrayList<>();
        int count =
                name.equals("one") && !oneIn(12) ? 1 + random.nextInt(most) : random.nextInt(most);
        for (int i = 0; i < count; i++) {
            mishaps.add(oneIn(3) ? Mishap.CUT : pick(Mishap.values()));
        }
        Behaviour manner =
                oneIn(3) ? MANNERS.get(random.nextInt(MANNERS.size())) : new Behaviour.Obeys();
        return new Upstream(name, pick(Protocol.values()), manner, mishaps);
    }

    private ModelAnswer saying() {
        ModelAnswer.Block text = new ModelAnswer.TextBlock(STORY);
        return switch (random.nextInt(5)) {
            case 0 ->
                    ModelAnswer.of(
                            text,
                            new ModelAnswer.ToolBlock(
                                    "call_1", "weather", "{\"city\":\"Löbau\",\"days\":3}"));
            case 1 ->
                    ModelAnswer.of(
                            new ModelAnswer.ReasoningBlock("Ferries, then. Who crosses, and why?"),
                            text);
            default -> ModelAnswer.of(text);
        };
    }

    private String settings() {
        StringBuilder said = new StringBuilder();
        said.append("  num_retries: ").append(random.nextInt(3)).append('\n');
        if (oneIn(2)) {
            said.append("  disable_cooldowns: true\n");
        }
        return said.toString();
    }

    // ------------------------------------------------------------------------------------- what

    long seed() {
        return seed;
    }

    Face face() {
        return face;
    }

    /** The protocol of what is asked in JSON. */
    Protocol asked() {
        return asked;
    }

    ModelAnswer said() {
        return said;
    }

    String story() {
        return STORY;
    }

    List<String> tools() {
        return said.blocks().getLast() instanceof ModelAnswer.ToolBlock call
                ? List.of(call.name())
                : List.of();
    }

    FinishReason finish() {
        return tools().isEmpty() ? FinishReason.STOP : FinishReason.TOOL_CALLS;
    }

    boolean refusesPrefill() {
        return refusesPrefill;
    }

    boolean plugged() {
        return plugged;
    }

    Upstream upstream(String host) {
        return upstreams.stream().filter(u -> host.startsWith(u.name())).findFirst().orElseThrow();
    }

    String yaml() {
        StringBuilder yaml = new StringBuilder("model_list:\n");
        yaml.append(model("chat", upstreams.get(0))).append(model("backup", upstreams.get(1)));
        if (plugged) {
            yaml.append("  - {model_name: own, litellm_params: {model: mine/three}}\n");
        }
        return yaml.append("router_settings:\n  fallbacks: [{chat: [backup")
                .append(plugged ? ", own" : "")
                .append("]}]\n")
                .append(settings)
                .toString();
    }

    private static String model(String group, Upstream upstream) {
        String provider =
                switch (upstream.protocol()) {
                    case CHAT -> "openai";
                    case MESSAGES -> "anthropic";
                    case RESPONSES -> "openai/responses";
                };
        return """
                 - model_name: %s
                   litellm_params: {model: %s/%s, api_base: 'http://%s.test/v1', api_key: sk-1}
               """
                .formatted(group, provider, upstream.name(), upstream.name())
                .indent(1)
                .replaceAll("(?m)^ +- ", "  - ")
                .replaceAll("(?m)^ +litellm", "    litellm");
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private <T> T pick(T[] of) {
        return of[random.nextInt(of.length)];
    }

    @Override
    public String toString() {
        return "seed " + seed + ", " + face + " in " + asked + "\n" + yaml();
    }
}
