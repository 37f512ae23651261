package dev.midstream.protocol.responses;

/** How the ids of items begin, by the items' types, as OpenAI's do. Stateless. */
final class ItemIds {

    private ItemIds() {}

    static String prefix(String type) {
        return switch (type) {
            case "message" -> "msg_";
            case "reasoning" -> "rs_";
            case "function_call" -> "fc_";
            case "custom_tool_call" -> "ctc_";
            case "function_call_output" -> "fco_";
            case "custom_tool_call_output" -> "ctco_";
            default -> "item_";
        };
    }
}
