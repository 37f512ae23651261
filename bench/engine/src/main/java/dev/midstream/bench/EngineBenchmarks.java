package dev.midstream.bench;

import java.io.IOException;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the benchmarks that JMH's own options choose, and prints time and bytes in one table. With
 * {@code -v NORMAL} JMH prints all that it has.
 */
public final class EngineBenchmarks {

    private EngineBenchmarks() {}

    public static void main(String[] args)
            throws RunnerException, CommandLineOptionException, IOException {
        CommandLineOptions asked = new CommandLineOptions(args);
        if (onlyTells(asked)) {
            Main.main(args);
            return;
        }
        Options options =
                new OptionsBuilder()
                        .parent(asked)
                        .addProfiler(GCProfiler.class)
                        .addProfiler(CpuTime.class)
                        .shouldFailOnError(true)
                        .build();
        boolean everything = asked.verbosity().hasValue();
        Runner runner = everything ? new Runner(options) : new Runner(options, new Table());
        runner.run();
    }

    private static boolean onlyTells(CommandLineOptions asked) {
        return asked.shouldHelp()
                || asked.shouldList()
                || asked.shouldListWithParams()
                || asked.shouldListProfilers()
                || asked.shouldListResultFormats();
    }
}
