/**
 * YAML whose every value knows where it stands.
 *
 * <p>{@link dev.midstream.yaml.Yaml} turns text into {@link dev.midstream.yaml.YamlNode}s and says
 * everything that is wrong with it at once, with file, line and column. Anchors and merge keys are
 * resolved here, duplicate keys are found here; what a value means is the reader's business. It
 * reads the configuration and the data files that ship with the engine.
 *
 * <p>Nothing of ours may be imported here. No I/O: text comes in as a string.
 */
@NullMarked
package dev.midstream.yaml;

import org.jspecify.annotations.NullMarked;
