package dev.midstream.gateway.check;

import dev.midstream.gateway.check.Report.Chain;
import dev.midstream.gateway.check.Report.Group;
import dev.midstream.gateway.check.Report.Hop;
import dev.midstream.gateway.check.Report.Served;
import dev.midstream.model.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A report as one JSON document. Members are only ever added while {@code format} stays what it is;
 * the document is described in {@code docs/check-and-drill.md}.
 */
public final class ReportJson {

    private static final int FORMAT = 1;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ReportJson() {}

    /**
     * @param strict whether warnings count like problems
     */
    public static String of(Report report, boolean strict) {
        ObjectNode root = NODES.objectNode();
        root.put("format", FORMAT);
        root.put("file", report.file());
        root.put("usable", report.readable());
        root.put("exit_status", report.exitStatus(strict));
        ArrayNode groups = root.putArray("groups");
        report.groups().forEach(group -> groups.add(group(group)));
        ArrayNode findings = root.putArray("findings");
        report.findings().forEach(finding -> findings.add(finding(finding)));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    private static ObjectNode group(Group group) {
        ObjectNode node = NODES.objectNode();
        node.put("name", group.name());
        texts(node.putArray("aliases"), group.aliases());
        ArrayNode deployments = node.putArray("deployments");
        group.deployments().forEach(served -> deployments.add(served(served)));
        ArrayNode chains = node.putArray("chains");
        group.chains().forEach(chain -> chains.add(chain(chain)));
        return node;
    }

    private static ObjectNode served(Served served) {
        ObjectNode node = NODES.objectNode();
        node.put("id", served.id());
        node.put("model", served.model());
        node.put("host", served.host().isEmpty() ? null : served.host());
        texts(node.putArray("protocols"), served.protocols());
        node.put("credential", served.credential().word());
        node.put("usable", served.usable());
        node.put("lacking", served.lacking());
        node.put("order", served.order() == Integer.MAX_VALUE ? null : served.order());
        node.put("weight", served.weight());
        number(node, "rpm", served.limits().requestsPerMinute());
        number(node, "tpm", served.limits().tokensPerMinute());
        number(node, "max_parallel_requests", served.limits().parallel());
        number(node, "max_input_tokens", served.facts().maxInputTokens());
        number(node, "max_output_tokens", served.facts().maxOutputTokens());
        texts(node.putArray("tags"), served.tags().stream().sorted().toList());
        return node;
    }

    private static ObjectNode chain(Chain chain) {
        ObjectNode node = NODES.objectNode();
        node.put("after", chain.cause().word());
        ArrayNode hops = node.putArray("hops");
        chain.hops().forEach(hop -> hops.add(hop(hop)));
        return node;
    }

    private static ObjectNode hop(Hop hop) {
        ObjectNode node = NODES.objectNode();
        node.put("group", hop.group());
        node.put("deployment", hop.deployment());
        node.put("model", hop.model());
        node.put("fallback", hop.fallback());
        node.put("reached", hop.reached());
        texts(node.putArray("altered"), hop.altered());
        texts(
                node.putArray("continues_by"),
                hop.way().methods().stream().map(Method::word).toList());
        node.put("why", hop.way().why());
        node.put("said_by", hop.way().source().word());
        return node;
    }

    private static ObjectNode finding(Finding finding) {
        ObjectNode node = NODES.objectNode();
        node.put("severity", finding.severity().word());
        node.put("kind", finding.kind().word());
        node.put("place", finding.place());
        node.put("message", finding.message());
        return node;
    }

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    private static void number(ObjectNode node, String name, @Nullable Number number) {
        if (number == null) {
            node.putNull(name);
        } else {
            node.put(name, number.longValue());
        }
    }
}
