package dev.midstream.client;

import dev.midstream.driver.Journal;

/** What is worth telling, by the JDK's own logging: whatever it is bound to takes it. */
final class SystemJournal implements Journal {

    private final System.Logger log = System.getLogger("dev.midstream");

    @Override
    public void warn(String message) {
        log.log(System.Logger.Level.WARNING, message);
    }

    @Override
    public void bug(String message, Throwable thrown) {
        log.log(System.Logger.Level.ERROR, message, thrown);
    }
}
