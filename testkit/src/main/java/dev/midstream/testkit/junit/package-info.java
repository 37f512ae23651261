/**
 * Scripted providers in tests with JUnit 5 and 6.
 *
 * <p><b>Its job.</b> To start providers before a test needs them, to stop them when it does not any
 * more, and to tell at its end what came that no script foresaw. Two ways, which go together:
 *
 * <pre>{@code
 * @Test
 * void goesOnElsewhere(@Provider ScriptedProvider primary, @Provider(MESSAGES) ScriptedProvider fallback) {
 *     primary.answering(ScriptedModel.answering(STORY).cutAfter(40));
 *     fallback.answering(ScriptedModel.answering(STORY));
 *     ...
 *     Requests.to(fallback).only().continues(...);
 * }
 * }</pre>
 *
 * <p>A parameter ({@link dev.midstream.testkit.junit.Provider}) is the test's own: another port for
 * each test, any number of tests at a time. Where the address has to be known earlier, as it has to
 * be for the context of an application, a field holds the providers ({@link
 * dev.midstream.testkit.junit.Providers}): one port for all tests of a class, which then run one
 * after the other.
 *
 * <p><b>What may not enter.</b> Anything that JUnit 5.10 does not have. Nothing outside this
 * package knows JUnit, which is an optional dependency.
 */
@NullMarked
package dev.midstream.testkit.junit;

import org.jspecify.annotations.NullMarked;
