/**
 * Lets a request in, or says why not before anything is sent: whom it asks, by which settings, and
 * the relay that carries its answer.
 *
 * <p>{@link dev.midstream.admission.Admission} joins three things: what was configured ({@link
 * dev.midstream.admission.Routing}), what the request says itself in its headers and its body
 * (settings, {@code fallbacks}, {@code tags}), and what whoever embeds the engine wishes for it
 * ({@link dev.midstream.admission.Wishes}). The gateway and the library share it.
 *
 * <p>No I/O. What is wrong with a request is an {@link dev.midstream.protocol.InvalidRequest} that
 * names the place.
 */
@NullMarked
package dev.midstream.admission;

import org.jspecify.annotations.NullMarked;
