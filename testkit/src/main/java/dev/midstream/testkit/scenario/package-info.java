/**
 * Every way in which an upstream can fail that was thought of: the rows of the failure matrix.
 *
 * <p><b>Its flow.</b> A {@link dev.midstream.testkit.scenario.Scenario} says how each upstream
 * behaves ({@link dev.midstream.testkit.scenario.Part}), how the gateway is set up and what is
 * asked; {@link dev.midstream.testkit.scenario.Catalogue} holds all of them. {@link
 * dev.midstream.testkit.scenario.Asking} asks in a client's protocol and judges the stream that
 * comes, which {@link dev.midstream.testkit.scenario.Seen} tells. The drill plays them over the
 * chains of a configuration; the tests play them over every pairing of protocols and hold what was
 * seen against what is due and against {@code docs/failure-matrix.md}.
 *
 * <p><b>What may not enter.</b> What is due to a client, which is the tests' business. Sleeping for
 * time to pass: what a clock decides has a short clock configured at the upstream that is to fail,
 * and nowhere else.
 */
@NullMarked
package dev.midstream.testkit.scenario;

import org.jspecify.annotations.NullMarked;
