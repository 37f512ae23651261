package dev.midstream.gateway.cli;

import java.io.PrintWriter;

/**
 * Where the program speaks to people.
 *
 * @param out what they asked for
 * @param err what is wrong, and what is told besides
 */
record Terminal(PrintWriter out, PrintWriter err) {

    /** This process's own. */
    static Terminal standard() {
        return new Terminal(
                new PrintWriter(System.out, true, System.out.charset()),
                new PrintWriter(System.err, true, System.err.charset()));
    }

    void print(String text) {
        out.println(text);
        out.flush();
    }

    void tell(String text) {
        err.println(text);
        err.flush();
    }
}
