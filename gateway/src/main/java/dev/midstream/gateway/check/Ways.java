package dev.midstream.gateway.check;

import dev.midstream.capability.Capability;
import dev.midstream.capability.CapabilityTable;
import dev.midstream.capability.Grounds;
import dev.midstream.gateway.check.Report.Source;
import dev.midstream.gateway.check.Report.Way;
import dev.midstream.model.Method;
import dev.midstream.model.Quirk;
import dev.midstream.protocol.responses.ResponsesProtocol;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.MidStream;
import dev.midstream.routing.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How deployments go on with an answer that broke off, and why so. Immutable. */
final class Ways {

    private final CapabilityTable table = CapabilityTable.load();

    /**
     * @param settings of the group that was asked for
     */
    Way of(Deployment deployment, Settings settings) {
        List<Method> ways = settings.ways(deployment);
        if (settings.midStream() != MidStream.CONTINUE) {
            String word = settings.midStream().name().toLowerCase(Locale.ROOT);
            return new Way(ways, "mid_stream: " + word, Source.SETTINGS);
        }
        Way way = continued(deployment, settings, ways);
        if (!settings.resumes(deployment) || !speaksResponses(deployment)) {
            return way;
        }
        List<Method> all = new ArrayList<>(List.of(Method.RESUME));
        all.addAll(ways);
        return new Way(
                all,
                "continuation: resume, OpenAI Responses in the background; then " + way.label(),
                settings.continuation() == Method.RESUME ? Source.SETTINGS : Source.MODEL_INFO);
    }

    private Way continued(Deployment deployment, Settings settings, List<Method> ways) {
        Method named = settings.continuation();
        if (named != null && !ways.isEmpty() && ways.getFirst() == named) {
            return new Way(ways, "continuation: " + named.word(), Source.SETTINGS);
        }
        boolean wordless = ways.stream().noneMatch(method -> method == Method.USER_TURN);
        Capability listed = listed(deployment);
        if (wordless && ways.size() == 1 && deployment.methods().size() > 1) {
            String why = "continuation_prompt is empty, and " + grounds(deployment).why();
            return new Way(ways, why, Source.SETTINGS);
        }
        if (!deployment.methods().equals(listed.methods())) {
            return new Way(ways, override(deployment, listed), Source.MODEL_INFO);
        }
        String tools =
                listed.prefill() && listed.quirks().contains(Quirk.NO_TOOLS_WITH_PREFIX)
                        ? "; by a user turn where tools are offered"
                        : "";
        return new Way(ways, grounds(deployment).why() + tools, Source.TABLE);
    }

    private String override(Deployment deployment, Capability listed) {
        String table = " (the table: " + grounds(deployment).why() + ")";
        List<Method> methods = deployment.methods();
        if (methods.equals(withPrefill(deployment).methods())) {
            return "supports_assistant_prefill: true" + table;
        } else if (methods.equals(listed.withoutPrefill().methods())) {
            return "supports_assistant_prefill: false" + table;
        }
        return "continuation: " + methods.getFirst().word() + table;
    }

    /** Whether its operator says that it takes a prefill and the table knows that it does not. */
    boolean prefillAgainstTable(Deployment deployment) {
        boolean said = deployment.methods().stream().anyMatch(Method::prefill);
        Grounds grounds = grounds(deployment);
        return said && !listed(deployment).prefill() && !grounds.evidence().equals("assumed");
    }

    private Capability listed(Deployment deployment) {
        return table.of(provider(deployment), model(deployment), deployment.endpoint().base());
    }

    private Capability withPrefill(Deployment deployment) {
        return table.withPrefill(
                provider(deployment), model(deployment), deployment.endpoint().base());
    }

    Grounds grounds(Deployment deployment) {
        return table.grounds(provider(deployment), model(deployment), deployment.endpoint().base());
    }

    private static boolean speaksResponses(Deployment deployment) {
        return deployment.face(ResponsesProtocol.NAME).protocol().equals(ResponsesProtocol.NAME);
    }

    private static String provider(Deployment deployment) {
        return deployment.target().provider();
    }

    private static String model(Deployment deployment) {
        return deployment.target().model();
    }
}
