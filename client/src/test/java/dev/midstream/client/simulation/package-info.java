/**
 * A simulated world around a router, and a judge of what comes of it: no sockets, no threads of its
 * own, no time but the one that is moved by hand.
 *
 * <p>A seed determines everything: what is asked and how it is taken ({@link
 * dev.midstream.client.simulation.Taker}), what each upstream says in its protocol's own bytes and
 * where it breaks ({@link dev.midstream.client.simulation.Mishap}), what listeners and policies do,
 * and in which order all of them get their turns. A {@link dev.midstream.client.simulation.World}
 * plays it; the {@link dev.midstream.client.simulation.Judge} is written from what the library
 * promises, apart from the engine.
 */
@NullMarked
package dev.midstream.client.simulation;

import org.jspecify.annotations.NullMarked;
