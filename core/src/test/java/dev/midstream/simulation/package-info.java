/**
 * A simulated world for the relay, and a judge of what comes of it.
 *
 * <p>A {@link dev.midstream.simulation.Schedule} is everything that determines one run: the answer
 * that would be given without a disaster, the deployments with the {@link
 * dev.midstream.simulation.Manner}s of their models and their {@link
 * dev.midstream.simulation.Mishap}s, the settings, the client's habits, and a seed for the rest. A
 * {@link dev.midstream.simulation.World} plays it by hand-driven time against an {@link
 * dev.midstream.simulation.Engine} (the relay, or a broken copy of it), and shows everything that
 * goes in and comes out to a {@link dev.midstream.simulation.Judge}.
 *
 * <p>The judge is a reference model written from the specification, apart from the relay: what a
 * {@link dev.midstream.simulation.Client} may be shown, what the budget ({@link
 * dev.midstream.simulation.Spending}) allows and demands, when clocks and heartbeats are due
 * ({@link dev.midstream.simulation.Vigil}). Where the specification leaves a freedom it accepts
 * every lawful choice, but never a wrong outcome.
 */
@NullMarked
package dev.midstream.simulation;

import org.jspecify.annotations.NullMarked;
