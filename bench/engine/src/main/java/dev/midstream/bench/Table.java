package dev.midstream.bench;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/**
 * One line a benchmark, as soon as it is measured; below it what a profiler says, if there is one.
 */
final class Table implements OutputFormat {

    private static final String GC = "gc.";
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final String ROW = "%-8s %-46s %12s %12s %12s %12s%n";

    @Override
    public void startRun() {
        System.out.printf(Locale.ROOT, ROW, "", "", "ns", "±", "cpu ns", "bytes");
    }

    @Override
    public void endBenchmark(BenchmarkResult result) {
        Result<?> time = result.getPrimaryResult();
        System.out.printf(
                Locale.ROOT,
                ROW,
                stage(result.getParams()),
                parameters(result.getParams()),
                "%,.1f".formatted(time.getScore()),
                "%,.1f".formatted(time.getScoreError()),
                besides(result, CpuTime.LABEL, "%,.1f"),
                besides(result, ALLOCATED, "%,.0f"));
        profilers(result);
    }

    private static String besides(BenchmarkResult result, String label, String format) {
        Result<?> score = result.getSecondaryResults().get(label);
        return score == null ? "?" : format.formatted(score.getScore());
    }

    private static void profilers(BenchmarkResult result) {
        for (Map.Entry<String, ?> entry : result.getSecondaryResults().entrySet()) {
            boolean ours = entry.getKey().startsWith(GC) || entry.getKey().equals(CpuTime.LABEL);
            if (!ours && entry.getValue() instanceof Result<?> further) {
                System.out.println(further.extendedInfo());
            }
        }
    }

    /** {@code decode} of {@code dev.midstream.bench.DecodeBenchmark.event}. */
    private static String stage(BenchmarkParams params) {
        String name = params.getBenchmark();
        String type = name.substring(0, name.lastIndexOf('.'));
        return type.substring(type.lastIndexOf('.') + 1)
                .replace("Benchmark", "")
                .toLowerCase(Locale.ROOT);
    }

    private static String parameters(BenchmarkParams params) {
        StringBuilder line = new StringBuilder();
        for (String key : params.getParamsKeys()) {
            line.append(line.isEmpty() ? "" : " ").append(key).append('=');
            line.append(params.getParam(key).toLowerCase(Locale.ROOT));
        }
        return line.toString();
    }

    @Override
    public void startBenchmark(BenchmarkParams params) {}

    @Override
    public void iteration(BenchmarkParams params, IterationParams iteration, int number) {}

    @Override
    public void iterationResult(
            BenchmarkParams params, IterationParams iteration, int number, IterationResult data) {}

    @Override
    public void endRun(Collection<RunResult> results) {}

    @Override
    public void print(String text) {}

    @Override
    public void println(String text) {}

    @Override
    public void verbosePrintln(String text) {}

    @Override
    public void write(int b) {}

    @Override
    public void write(byte[] bytes) {}

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
