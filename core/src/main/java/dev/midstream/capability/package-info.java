/**
 * What a model can do to go on with a broken answer.
 *
 * <p>{@link dev.midstream.capability.CapabilityTable} is the data file {@code capabilities.yaml}:
 * provider and model give the methods, best first, and the {@linkplain dev.midstream.model.Quirk
 * quirks}. A deployment may override it ({@code model_info.supports_assistant_prefill}, {@code
 * continuation}); {@link dev.midstream.capability.CapabilityMemory} holds what was learnt at run
 * time, over both.
 *
 * <p>Only the model and YAML are known here; no I/O beyond the engine's own data file.
 */
@NullMarked
package dev.midstream.capability;

import org.jspecify.annotations.NullMarked;
