package dev.midstream.gateway;

import dev.midstream.gateway.cli.MidstreamCommand;

/** The program {@code midstream}. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(MidstreamCommand.execute(args));
    }
}
