/**
 * What can be plugged into a {@link dev.midstream.client.Router}: small interfaces, each with one
 * job.
 *
 * <ul>
 *   <li>{@link dev.midstream.client.spi.Transport}: how bytes get to a provider and back.
 *   <li>{@link dev.midstream.client.spi.Provider}: a provider that is not asked over HTTP at all,
 *       in the canonical model.
 *   <li>{@link dev.midstream.client.spi.Clock}: time and timers.
 *   <li>{@link dev.midstream.routing.Strategy}, the engine's own: which of several deployments of a
 *       group is asked first.
 * </ul>
 *
 * <p>They are given to the {@link dev.midstream.client.RouterBuilder}. A transport or clock that
 * was given belongs to whoever gave it: a router closes only what it made itself.
 */
@NullMarked
package dev.midstream.client.spi;

import org.jspecify.annotations.NullMarked;
