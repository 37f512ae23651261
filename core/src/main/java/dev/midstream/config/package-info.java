/**
 * The configuration: LiteLLM's {@code config.yaml}, unmodified, with Midstream's keys in the same
 * places.
 *
 * <p>{@link dev.midstream.config.ConfigurationReader} turns text into a {@link
 * dev.midstream.config.Configuration}: what routing is told and what the gateway itself needs.
 * Includes are read and merged, then the environment is set, then the sections are read one by one;
 * everything that is wrong is said at once, with file, line and column. What a program says in code
 * is the same tree ({@link dev.midstream.config.InCode}), alone or laid over a file; its places are
 * words instead of lines. {@link dev.midstream.config.SettingKeys} is the one list of keys that the
 * configuration, the request headers and the request bodies share; {@link
 * dev.midstream.config.RequestSettings} reads the latter two.
 *
 * <p>No I/O: files and environment variables come in by functions. No message ever shows a secret
 * or the value of an environment variable.
 */
@NullMarked
package dev.midstream.config;

import org.jspecify.annotations.NullMarked;
