package dev.midstream.gateway.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is logged where nobody says otherwise by a file of Logback's ({@code
 * -Dlogback.configurationFile}, {@code logback.xml}). Standard output: the request log, one JSON
 * object a line; when nobody reads it, lines are dropped, never a token. Standard error: everything
 * else.
 *
 * <p>It is no such file itself: to read one, hundreds of classes are loaded, a tenth of a start.
 */
public final class StandardLogging extends ContextAwareBase implements Configurator {

    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{24} %msg%n";

    private static final Map<String, Level> LEVELS =
            Map.of(
                    // A line for each upstream that fails: the request log says it better.
                    "reactor.netty", Level.ERROR,
                    "reactor.netty.http.client", Level.OFF,
                    // With this one off, leaks of buffers go unnoticed.
                    "io.netty.util.ResourceLeakDetector", Level.ERROR,
                    "dev.midstream.gateway.reload", Level.INFO);

    /** Made by Logback. */
    public StandardLogging() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (isSaidOtherwise()) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        setUp(context);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    static void setUp(LoggerContext context) {
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(errors(context));
        LEVELS.forEach((name, level) -> context.getLogger(name).setLevel(level));
        Logger requests = context.getLogger("midstream.requests");
        requests.setLevel(Level.INFO);
        requests.setAdditive(false);
        requests.addAppender(started("REQUESTS", new BatchAppender(), context));
    }

    private static boolean isSaidOtherwise() {
        return System.getProperty("logback.configurationFile") != null
                || Stream.of("logback-test.xml", "logback.xml")
                        .anyMatch(
                                name ->
                                        StandardLogging.class.getClassLoader().getResource(name)
                                                != null);
    }

    private static Appender<ILoggingEvent> errors(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setTarget("System.err");
        console.setEncoder(encoder);
        return started("ERR", console, context);
    }

    private static Appender<ILoggingEvent> started(
            String name, Appender<ILoggingEvent> appender, LoggerContext context) {
        appender.setContext(context);
        appender.setName(name);
        appender.start();
        return appender;
    }
}
