/**
 * The canonical model: what a conversation, an answer and a failure are, independent of any
 * protocol.
 *
 * <p>Its job is to be the hub: each protocol converts to and from these types and to nothing else.
 * A request comes in as a {@link dev.midstream.model.Request}; an answer is a sequence of {@link
 * dev.midstream.model.StreamEvent}s, wrapped in {@link dev.midstream.model.Frame}s that remember
 * the bytes they came from; an attempt that does not end well ends in a {@link
 * dev.midstream.model.Failure}.
 *
 * <p>Whoever makes a request in code begins with {@link dev.midstream.model.Request#to}.
 *
 * <p>Nothing of ours may be imported here. Records and sealed interfaces, and one builder: no I/O,
 * no clocks, no provider words.
 */
@NullMarked
package dev.midstream.model;

import org.jspecify.annotations.NullMarked;
