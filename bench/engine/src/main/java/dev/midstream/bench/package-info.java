/**
 * What the engine alone costs: an upstream's bytes through decoder, relay and encoder to the
 * client's bytes, without sockets, threads or a clock.
 *
 * <p>{@link dev.midstream.bench.ProviderStream} is what an upstream sends, {@link
 * dev.midstream.bench.Engine} puts the pieces together as the driver does, {@link
 * dev.midstream.bench.Passage} carries one answer through them. The benchmarks measure that with
 * JMH; a test keeps it within a budget. Nothing that is shipped may depend on this.
 */
@NullMarked
package dev.midstream.bench;

import org.jspecify.annotations.NullMarked;
