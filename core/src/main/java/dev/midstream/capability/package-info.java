/**
 * What a model can do to go on with a broken answer.
 *
 * <p>{@link dev.midstream.capability.CapabilityTable} is the data file {@code capabilities.yaml}:
 * provider and model give the methods, best first, and the quirks. A deployment may override it
 * ({@code model_info.supports_assistant_prefill}, {@code continuation}); {@link
 * dev.midstream.capability.CapabilityMemory} holds what was learnt at run time, over both.
 *
 * <p>The quirks, by name:
 *
 * <ul>
 *   <li>{@code strip_trailing_whitespace}: a trailing assistant turn must not end in whitespace
 *   <li>{@code trims_leading_whitespace}: the answer's leading space is lost
 *   <li>{@code echo}: the answer repeats the prefill before it goes on
 *   <li>{@code no_tools_with_prefix}: a prefill and tools exclude each other
 *   <li>{@code enable_thinking}: reasoning is switched off by {@code "enable_thinking": false}
 *   <li>{@code thinking_type}: by {@code "thinking": {"type": "disabled"}}
 *   <li>{@code template_thinking}: by {@code "chat_template_kwargs": {"enable_thinking": false}}
 *   <li>{@code reasoning_enabled}: by {@code "reasoning": {"enabled": false}}
 *   <li>{@code reasoning_effort_none}: by {@code "reasoning_effort": "none"}
 *   <li>{@code reasoning_content}: earlier reasoning is taken in assistant turns
 *   <li>{@code no_stream_options}: {@code stream_options} is answered by an error
 * </ul>
 *
 * <p>Only the model and YAML are known here; no I/O beyond the engine's own data file.
 */
@NullMarked
package dev.midstream.capability;

import org.jspecify.annotations.NullMarked;
