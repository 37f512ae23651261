/**
 * Server-sent events, byte by byte: a parser that may be fed at any split, and nothing about what
 * the events mean.
 *
 * <p><b>Source</b>: WHATWG HTML, section 9.2 (read 2026-11).
 */
@NullMarked
package dev.midstream.sse;

import org.jspecify.annotations.NullMarked;
