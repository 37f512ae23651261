/**
 * The command line: {@code midstream} alone is the demo that needs no key, {@code midstream serve}
 * the gateway on a configuration.
 *
 * <p>What is said to people goes to standard output where they asked for it and to standard error
 * where something is wrong; every mistake in options or files is one message that says what was
 * expected, never a stack trace.
 */
@NullMarked
package dev.midstream.gateway.cli;

import org.jspecify.annotations.NullMarked;
