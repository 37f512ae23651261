package dev.midstream.config;

import dev.midstream.routing.MidStream;
import dev.midstream.yaml.YamlNode;
import org.jspecify.annotations.Nullable;

/** Two keys say what happens to a stream that breaks; the newer one counts. */
final class Switches {

    static final String NEW = "mid_stream";
    static final String OLD = "disable_mid_stream_continuation";

    private Switches() {}

    /** Warns where both stand and disagree; {@code read} is what came of them. */
    static void compare(
            Reading reading,
            @Nullable YamlNode newer,
            @Nullable YamlNode older,
            SettingsDraft read) {
        if (newer == null || older == null) {
            return;
        }
        SettingsDraft alone = new SettingsDraft();
        SettingKey key = SettingKeys.find(OLD);
        if (key != null) {
            reading.setting(key, older, alone);
        }
        boolean both = alone.midStream == MidStream.RESTART && read.midStream != MidStream.RESTART;
        if (both) {
            reading.warning(
                    older,
                    "`"
                            + OLD
                            + "` means `mid_stream: restart`, but `mid_stream` is "
                            + Reading.shown(newer)
                            + ", which counts");
        }
    }
}
