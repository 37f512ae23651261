/**
 * Providers that fail on cue, for the tests of everybody.
 *
 * <p><b>First use.</b> Start a provider, say what it is to do, point the code under test at its
 * address, and ask what it saw:
 *
 * <pre>{@code
 * try (var provider = ScriptedProvider.start("primary", Protocol.CHAT)) {
 *     provider.enqueue(Answer.overloaded(), Answer.saying("Once upon a time ...").cutAfter(40));
 *     ... code that asks provider.baseUrl() ...
 *     Requests.to(provider).number(2).last().continues("Once upon a");
 *     provider.verify();
 * }
 * }</pre>
 *
 * <p>In JUnit a parameter does the starting, the stopping and the verifying: see {@link
 * dev.midstream.testkit.junit}. The assertions are in {@link dev.midstream.testkit.assertion}, all
 * failures that were thought of in {@link dev.midstream.testkit.scenario}.
 *
 * <p><b>Three ways to say what happens.</b> {@link dev.midstream.testkit.Answer} is what one
 * request gets: a text, an error by name, a break after so many tokens ({@link
 * dev.midstream.testkit.Breakable}). {@link dev.midstream.testkit.ScriptedModel} has one thing to
 * say, and goes on with it when it is asked to. {@link dev.midstream.testkit.Responder} is a
 * function from requests to answers.
 *
 * <p><b>Its job.</b> To be the other side of the wire: a real HTTP server on a real loopback socket
 * that speaks a provider's protocol and breaks it exactly where a test says, a model that goes on
 * with its own answer well or badly, a client that can leave, dawdle or hang up, and judges that
 * say whether what a client received is a valid stream.
 *
 * <p><b>Its flow.</b> A {@link dev.midstream.testkit.ScriptedProvider} takes a request, asks its
 * {@link dev.midstream.testkit.Responder} for an {@link dev.midstream.testkit.Answer}, and plays
 * it: a list of {@link dev.midstream.testkit.Step}s, in the order in which they happen on the wire.
 * Steps about content are written as the {@link dev.midstream.testkit.Dialect}'s real provider
 * would write them; the other steps wait, tear, cut and stall. Each request becomes an {@link
 * dev.midstream.testkit.Exchange}, which knows how it ended.
 *
 * <p><b>What outlives a request.</b> In protocols whose clients come back to former answers, a
 * provider keeps them until it is told to forget, and an answer in the background is a generation
 * that goes on without its connection ({@link dev.midstream.testkit.Step.Drop}).
 *
 * <p><b>No sleeping.</b> A test never waits for time to pass. It waits for a fact: a {@link
 * dev.midstream.testkit.Gate} reached, an exchange ended, an event received. Every wait has a limit
 * and says what it was waiting for when it fails.
 *
 * <p><b>What may not enter.</b> Anything of the engine under test: the judges here share no code
 * with what they judge. The only library is Jackson, for JSON; of the engine only its canonical
 * events are known, to those who judge them.
 */
@NullMarked
package dev.midstream.testkit;

import org.jspecify.annotations.NullMarked;
