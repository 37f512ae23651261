package dev.midstream.testkit.junit;

import dev.midstream.testkit.Protocol;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Starts a provider of its own for a parameter of type {@link
 * dev.midstream.testkit.ScriptedProvider}.
 *
 * <p><b>Shape.</b> For a parameter of a test method or of a method that runs before or after each
 * test, the provider lives as long as the test, and tests may run side by side. For one of a
 * constructor or of a method that runs before or after all tests, it lives as long as the class, is
 * reset after each test, and the tests of the class have to run one after the other. Parameters of
 * one test that have the same name get the same provider.
 *
 * <p><b>Failure.</b> A test that passed fails after all if there were {@link
 * dev.midstream.testkit.ScriptedProvider#surprises() surprises}; one that failed tells every
 * request that came, as a suppressed exception.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ProviderParameters.class)
public @interface Provider {

    /** The protocol that it speaks, as its first provider writes it. */
    Protocol value() default Protocol.CHAT;

    /**
     * What it is called in its ids and in messages; empty for the name of the parameter, which the
     * compiler keeps with {@code -parameters}, else for {@code provider-1} and so on.
     */
    String name() default "";

    /** Whether surprises are none of the test's business. */
    boolean lenient() default false;
}
