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
 *   <li>{@code no_thinking_with_prefill}: a prefill is refused while reasoning is on
 *   <li>{@code no_format_with_prefill}: a prefill goes without the response format
 *   <li>{@code no_forced_tool_with_prefill}: a prefill goes without a forced tool
 *   <li>{@code no_tools_with_prefix}: a prefill goes without any tools
 *   <li>{@code echoes_prefill}: the answer repeats the prefill before it goes on
 *   <li>{@code enable_thinking_false}: reasoning is switched off by {@code "enable_thinking":
 *       false}
 *   <li>{@code thinking_disabled}: by {@code "thinking": {"type": "disabled"}}
 *   <li>{@code template_thinking_false}: by {@code "chat_template_kwargs": {"enable_thinking":
 *       false}}
 *   <li>{@code pin_provider}: a continuation must stay with the provider that OpenRouter took
 *   <li>{@code vertex}: the body carries {@code anthropic_version} and no {@code model}
 * </ul>
 *
 * <p>Only the model and YAML are known here; no I/O beyond the engine's own data file.
 */
@NullMarked
package dev.midstream.capability;

import org.jspecify.annotations.NullMarked;
