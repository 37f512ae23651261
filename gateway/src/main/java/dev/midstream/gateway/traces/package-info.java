/**
 * Traces by OpenTelemetry, off unless switched on.
 *
 * <p>{@link dev.midstream.gateway.traces.Traces} is told of each request when it is over, as the
 * request log is, and makes its spans afterwards, with the times that the summary has: one of the
 * server's, and one of a client's for each attempt. They go out in the background through a bounded
 * queue; what does not fit is dropped. No class of OpenTelemetry is loaded unless traces are on.
 *
 * <p>Names are those of the semantic conventions where these have some, and begin with {@code
 * midstream.} elsewhere. No text of clients or models is in a span.
 */
@NullMarked
package dev.midstream.gateway.traces;

import org.jspecify.annotations.NullMarked;
