package dev.midstream.config;

import dev.midstream.catalog.CostMap;
import dev.midstream.catalog.IllegalCostMap;
import dev.midstream.yaml.YamlNode;
import java.io.IOException;

/** Reads the file that {@code general_settings.model_cost_map} names. */
final class CostMapFile {

    private static final String KEY = "model_cost_map";

    private final Section general;

    CostMapFile(Section general) {
        this.general = general;
    }

    /** The map; an empty one where none is named, or where it cannot be used, which is said. */
    CostMap read() {
        String path = general.text(KEY);
        YamlNode node = general.node(KEY);
        if (path == null || node == null) {
            return CostMap.EMPTY;
        }
        if (path.contains("://")) {
            general.reading().wrong(KEY, node, "the path of a file; nothing is fetched");
            return CostMap.EMPTY;
        }
        try {
            return CostMap.parse(general.reading().files().read(path));
        } catch (IllegalCostMap illegal) {
            String place = path + ":" + illegal.line() + ":" + illegal.column() + ": ";
            general.reading().error(node, "`" + KEY + "`: " + place + illegal.getMessage());
        } catch (IOException unreadable) {
            general.reading()
                    .error(
                            node,
                            "`"
                                    + KEY
                                    + "`: the file `"
                                    + path
                                    + "` cannot be read: "
                                    + unreadable.getMessage());
        }
        return CostMap.EMPTY;
    }
}
