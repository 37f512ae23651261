/**
 * What a client gets when its upstreams fail: every way that was thought of, through real sockets.
 *
 * <p><b>Its flow.</b> A {@link dev.midstream.gateway.scenario.Scenario} says how each upstream
 * behaves, how the gateway is configured, and what is due. A {@link
 * dev.midstream.gateway.scenario.World} is one gateway between the scripted upstreams and the
 * clients. {@link dev.midstream.gateway.scenario.Run} plays a scenario once, with one client, and
 * notes what was seen; {@link dev.midstream.gateway.scenario.UpstreamFailuresTest} plays all of
 * them, in each pairing of protocols and with each client, and holds what was seen against {@code
 * docs/failure-matrix.md}.
 *
 * <p><b>What may not enter.</b> Sleeping for time to pass: what a clock decides has a short clock
 * configured at the upstream that is to fail, and nowhere else.
 */
package dev.midstream.gateway.scenario;
