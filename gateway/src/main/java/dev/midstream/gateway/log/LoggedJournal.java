package dev.midstream.gateway.log;

import dev.midstream.driver.Journal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What drivers find worth telling, in the gateway's log. Thread-safe. */
public final class LoggedJournal implements Journal {

    private static final Logger LOG = LoggerFactory.getLogger(LoggedJournal.class);

    @Override
    public void warn(String message) {
        LOG.warn("{}", message);
    }

    @Override
    public void bug(String message, Throwable thrown) {
        LOG.error("{}", message, thrown);
    }
}
