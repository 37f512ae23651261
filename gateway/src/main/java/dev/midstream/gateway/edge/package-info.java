/**
 * Where clients come in: the HTTP server, who may ask, what is asked, and the answers that need no
 * provider.
 *
 * <p><b>Its job.</b> To turn an HTTP request into a {@link dev.midstream.gateway.driver.Call} or
 * into an error in the client's own protocol, and to bound whatever clients do: heads, bodies,
 * silence.
 *
 * <p><b>Its flow.</b> {@link dev.midstream.gateway.edge.Edge} takes what is {@link
 * dev.midstream.gateway.edge.Served} when a request comes, which stays that request's own; an
 * {@code Arrival} finds the path in {@link dev.midstream.gateway.edge.Routes} and asks {@link
 * dev.midstream.gateway.edge.Cors} and {@link dev.midstream.gateway.edge.Access}; an {@link
 * dev.midstream.gateway.edge.Intake} reads the body ({@link
 * dev.midstream.gateway.edge.BodyReader}), parses it, finds group and settings, and hands over to a
 * {@link dev.midstream.driver.RelayDriver}. What a protocol serves beside goes through a {@code
 * SideIntake} to its {@link dev.midstream.gateway.edge.SideService}. Further protocols are a line
 * in the table of routes.
 *
 * <p><b>What may not enter.</b> Decisions about providers; anything that blocks an event loop.
 */
@NullMarked
package dev.midstream.gateway.edge;

import org.jspecify.annotations.NullMarked;
