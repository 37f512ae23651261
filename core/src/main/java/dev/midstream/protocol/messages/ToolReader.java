package dev.midstream.protocol.messages;

import dev.midstream.model.Tool;
import dev.midstream.model.ToolChoice;
import dev.midstream.protocol.InvalidRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the tools of a client's request and the choice among them. Not thread-safe. */
final class ToolReader {

    private final Wanted in;
    private @Nullable Boolean parallel;

    ToolReader(Wanted in) {
        this.in = in;
    }

    List<Tool> tools() throws InvalidRequest {
        List<Tool> tools = new ArrayList<>();
        for (JsonView tool : in.array("tools")) {
            tools.add(tool("tools[" + tools.size() + "]", tool));
        }
        return tools;
    }

    private static Tool tool(String path, JsonView value) throws InvalidRequest {
        Wanted tool = Wanted.of(path, value);
        String type = tool.optionalString("type");
        if (type != null && !type.equals("custom")) {
            return new Tool.Native(type, path, value.json());
        }
        String name = tool.string("name");
        Wanted.of(tool.at("input_schema"), tool.needed("input_schema"));
        return new Tool.Function(
                name,
                tool.optionalString("description"),
                tool.raw("input_schema"),
                tool.optionalBoolean("strict"),
                tool.raw("cache_control"));
    }

    @Nullable ToolChoice choice() throws InvalidRequest {
        Wanted choice = in.object("tool_choice");
        if (choice == null) {
            return null;
        }
        Boolean oneAtMost = choice.optionalBoolean("disable_parallel_tool_use");
        parallel = oneAtMost == null ? null : Boolean.valueOf(!oneAtMost);
        String type = choice.string("type");
        return switch (type) {
            case "auto" -> new ToolChoice.Auto();
            case "any" -> new ToolChoice.Required();
            case "none" -> new ToolChoice.None();
            case "tool" -> new ToolChoice.Named(choice.string("name"));
            default ->
                    throw in.wrongAt(
                            "tool_choice",
                            "Input tag '"
                                    + type
                                    + "' found using 'type' does not match any of the expected"
                                    + " tags: 'auto', 'any', 'tool', 'none'");
        };
    }

    /**
     * Whether several calls at once are wanted; after {@link #choice}, null if nothing was said.
     */
    @Nullable Boolean parallel() {
        return parallel;
    }
}
