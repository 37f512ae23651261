package dev.midstream.protocol;

import dev.midstream.model.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which of a request's tools an upstream of another protocol is offered.
 *
 * <p>A tool that the client's own provider would have run has no equal elsewhere. Where the model
 * has others it is left out, and that is told: coding agents declare such tools always and seldom
 * need them. Where it is the only one, the request is about it.
 *
 * @param tools what is offered
 * @param leftOut what is not
 */
public record OfferedTools(List<Tool> tools, List<Tool.Native> leftOut) {

    public OfferedTools {
        tools = List.copyOf(tools);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * @param understood whether the upstream's protocol has this tool too
     */
    public static OfferedTools of(List<Tool> declared, Predicate<Tool.Native> understood) {
        List<Tool> tools = new ArrayList<>();
        List<Tool.Native> leftOut = new ArrayList<>();
        for (Tool tool : declared) {
            if (tool instanceof Tool.Native own && !understood.test(own)) {
                leftOut.add(own);
            } else {
                tools.add(tool);
            }
        }
        return new OfferedTools(tools, leftOut);
    }

    /** Whether leaving out what has no equal would leave nothing of what was declared. */
    public boolean nothingLeft() {
        return tools.isEmpty() && !leftOut.isEmpty();
    }
}
