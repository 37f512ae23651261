package dev.midstream.protocol.messages;

import dev.midstream.json.JsonSplice;
import dev.midstream.model.Json;
import dev.midstream.model.Target;
import dev.midstream.protocol.Untranslatable;

/**
 * Fits a Messages client's sampling parameters and schema to a model that is known not to take
 * them. Not thread-safe.
 */
final class OwnSampling {

    private final JsonSplice splice;
    private final Limits limits;
    private final ClaudeModel model;
    private final boolean known;

    OwnSampling(JsonSplice splice, Target target) {
        this.splice = splice;
        limits = new Limits(target);
        model = ClaudeModel.of(target.model());
        known = ClaudeModel.known(target.model());
    }

    void fit() throws Untranslatable {
        if (!known) {
            return;
        }
        if (!model.takesSampling()) {
            for (String name : new String[] {"temperature", "top_p", "top_k"}) {
                refuse(name, "the model takes no sampling parameters");
            }
        } else if (!model.takesTemperatureWithTopP() && splice.has("temperature")) {
            refuse("top_p", "the model takes either temperature or top_p");
        }
        if (!model.takesSchema() && hasFormat()) {
            limits.drop("output_config.format", "the model cannot be held to a schema");
            MessagesRequestSplicer.removeFormat(splice);
        }
    }

    private void refuse(String name, String why) throws Untranslatable {
        Json value = splice.value(name);
        if (value == null) {
            return;
        }
        if (!value.text().equals("null") && !isOne(value.text())) {
            limits.drop(name, why);
        }
        splice.remove(name);
    }

    /** What temperature and top_p are unless they are given. */
    private static boolean isOne(String number) {
        return number.equals("1") || number.equals("1.0");
    }

    private boolean hasFormat() {
        Json config = splice.value("output_config");
        return splice.has("output_format")
                || config != null && JsonText.raw(config.text(), "format") != null;
    }
}
