package dev.midstream.config;

import dev.midstream.yaml.YamlNode.Entry;

/** Sets what stands under {@code environment_variables}, before anything else is read. */
final class EnvironmentVariables {

    private EnvironmentVariables() {}

    static void set(Section section) {
        Reading reading = section.reading();
        for (Entry entry : section.mapping().entries()) {
            if (section.node(entry.name()) != null) {
                String value = reading.text(entry.name(), entry.value());
                if (value != null) {
                    reading.environment().set(entry.name(), value);
                }
            }
        }
    }
}
