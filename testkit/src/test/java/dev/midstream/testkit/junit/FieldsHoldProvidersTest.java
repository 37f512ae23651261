package dev.midstream.testkit.junit;

import static dev.midstream.testkit.junit.ParametersGetProvidersTest.ask;
import static dev.midstream.testkit.junit.ParametersGetProvidersTest.assertIsClosed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Protocol;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.assertion.Requests;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs under whichever JUnit is there; {@code conformance/junit} runs it under others. */
class FieldsHoldProvidersTest {

    abstract static class Base {
        @RegisterExtension static final Providers PROVIDERS = new Providers();

        static final ScriptedProvider PRIMARY = PROVIDERS.start("primary", Protocol.CHAT);

        static void use() {
            PRIMARY.enqueue(Answer.saying("Once"));
            ask(PRIMARY);
            Requests.to(PRIMARY).only();
        }
    }

    static final class First extends Base {
        @Test
        void one() {
            use();
        }

        @Test
        void inVain() {
            PRIMARY.enqueue(Answer.reset());
        }

        @Test
        void other() {
            use();
        }

        @Nested
        class Inside {
            @Test
            void within() {
                use();
            }
        }
    }

    static final class Second extends Base {
        @Test
        void again() {
            use();
        }
    }

    @Test
    void providersOfAStaticFieldKeepTheirPortAndForgetEachTest() {
        int port = Base.PRIMARY.origin().getPort();
        Launched launched = Launched.of(First.class, Second.class);

        assertThat(launched.failure("inVain"))
                .hasMessageContaining("primary: nobody asked for Answer[steps=[Cut[]]");
        assertThat(launched.results().values())
                .filteredOn(result -> result.getThrowable().isPresent())
                .hasSize(1);
        assertThat(launched.results()).containsKeys("one()", "other()", "within()", "again()");
        assertThat(Base.PRIMARY.origin().getPort()).isEqualTo(port);
        assertIsClosed(Base.PRIMARY);
    }

    static final class OfAnInstance {
        static final ConcurrentLinkedQueue<ScriptedProvider> USED = new ConcurrentLinkedQueue<>();

        @RegisterExtension final Providers providers = new Providers().lenient();

        @Test
        void one() {
            use();
        }

        @Test
        void other() {
            use();
        }

        private void use() {
            ScriptedProvider provider = providers.start("primary", Protocol.CHAT);
            USED.add(provider);
            ask(provider);
            Requests.to(provider).only();
            assertThat(providers.start("primary", Protocol.CHAT)).isSameAs(provider);
            assertThatThrownBy(() -> providers.start("primary", Protocol.MESSAGES))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("primary speaks openai-chat, not anthropic-messages");
        }
    }

    @Test
    void providersOfAnInstanceFieldLiveAsLongAsTheTest() {
        assertThat(Launched.atOnce(OfAnInstance.class).passed()).isTrue();

        assertThat(List.copyOf(OfAnInstance.USED)).hasSize(2).doesNotHaveDuplicates();
        OfAnInstance.USED.forEach(ParametersGetProvidersTest::assertIsClosed);
    }

    static final class AtOnce {
        @RegisterExtension static final Providers PROVIDERS = new Providers();

        static final ScriptedProvider PRIMARY = PROVIDERS.start("primary", Protocol.CHAT);
        static final CountDownLatch ONE_HAS_FAILED = new CountDownLatch(1);

        @RegisterExtension
        static final AfterEachCallback AFTER =
                context -> {
                    if (context.getExecutionException().isPresent()) {
                        ONE_HAS_FAILED.countDown();
                    }
                };

        @Test
        void one() throws InterruptedException {
            use();
        }

        @Test
        void other() throws InterruptedException {
            use();
        }

        private static void use() throws InterruptedException {
            PRIMARY.enqueue(Answer.saying("Once"));
            assertThat(ONE_HAS_FAILED.await(10, TimeUnit.SECONDS)).isTrue();
            ask(PRIMARY);
            Requests.to(PRIMARY).only();
        }
    }

    /** The one that came later is refused, and does not disturb the other. */
    @Test
    void testsThatWouldShareAScriptAreRefused() {
        Launched launched = Launched.atOnce(AtOnce.class);

        assertThat(launched.results().values())
                .filteredOn(result -> result.getThrowable().isPresent())
                .singleElement()
                .satisfies(
                        result ->
                                assertThat(result.getThrowable().orElseThrow())
                                        .isInstanceOf(IllegalStateException.class)
                                        .hasMessageContaining("[primary] at the same time")
                                        .hasMessageContaining("@Execution(SAME_THREAD)"));
    }
}
