package dev.midstream.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.core.ConsoleAppender;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StandardLoggingTest {

    private final LoggerContext context = new LoggerContext();

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void requestsGoToStandardOutputAndTheRestToStandardError() {
        StandardLogging.setUp(context);
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        assertThat(root.getAppender("ERR"))
                .isInstanceOfSatisfying(
                        ConsoleAppender.class,
                        console -> assertThat(console.getTarget()).isEqualTo("System.err"))
                .matches(appender -> appender.isStarted());
        Logger requests = context.getLogger("midstream.requests");
        assertThat(requests.isAdditive()).isFalse();
        assertThat(requests.getAppender("REQUESTS"))
                .isInstanceOf(BatchAppender.class)
                .matches(appender -> appender.isStarted());
        assertThat(requests.isInfoEnabled()).isTrue();
        assertThat(context.getLogger("io.netty.channel").getEffectiveLevel()).isEqualTo(Level.WARN);
        assertThat(context.getLogger("reactor.netty.http.client").getEffectiveLevel())
                .isEqualTo(Level.OFF);
    }

    @Test
    void logbackFindsItAndAFileOfAnOperatorGoesBeforeIt() {
        assertThat(ServiceLoader.load(Configurator.class))
                .anyMatch(found -> found instanceof StandardLogging);
        assertThat(new StandardLogging().configure(context))
                .as("the tests have a logback-test.xml")
                .isEqualTo(ExecutionStatus.INVOKE_NEXT_IF_ANY);
        assertThat(context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("ERR")).isNull();
    }
}
