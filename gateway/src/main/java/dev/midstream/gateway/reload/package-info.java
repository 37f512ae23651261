/**
 * A configuration that changes while it is served.
 *
 * <p><b>Its job.</b> To notice that a file of the configuration has changed, to read all of it
 * anew, and to hand it over if it can be used; if it cannot, to say why and change nothing.
 *
 * <p><b>Its flow.</b> {@link dev.midstream.gateway.reload.ConfigurationFiles} reads, and remembers
 * which files that took; {@link dev.midstream.gateway.reload.Reloads} compares them with what is
 * there now, whenever it is told to look: by {@link dev.midstream.gateway.reload.Watch} every
 * second, by a signal, or by a test.
 *
 * <p><b>What may not enter.</b> What the configuration means; event loops, for everything here
 * blocks.
 */
@NullMarked
package dev.midstream.gateway.reload;

import org.jspecify.annotations.NullMarked;
