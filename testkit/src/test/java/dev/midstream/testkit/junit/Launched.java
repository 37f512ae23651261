package dev.midstream.testkit.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * The tests of some classes, run inside a test by whichever JUnit runs that one.
 *
 * @param results by the names of the methods, without those that passed nowhere
 */
record Launched(Map<String, TestExecutionResult> results) {

    /** Runs them one after the other. */
    static Launched of(Class<?>... classes) {
        return run(false, classes);
    }

    /** Runs all of them at the same time. */
    static Launched atOnce(Class<?>... classes) {
        return run(true, classes);
    }

    private static Launched run(boolean parallel, Class<?>... classes) {
        LauncherDiscoveryRequestBuilder request =
                LauncherDiscoveryRequestBuilder.request()
                        .configurationParameter(
                                "junit.jupiter.execution.parallel.enabled",
                                Boolean.toString(parallel))
                        .configurationParameter(
                                "junit.jupiter.execution.parallel.mode.default", "concurrent")
                        .configurationParameter(
                                "junit.jupiter.execution.parallel.config.strategy", "fixed")
                        .configurationParameter(
                                "junit.jupiter.execution.parallel.config.fixed.parallelism", "4");
        for (Class<?> each : classes) {
            request.selectors(selectClass(each));
        }
        return run(request.build());
    }

    private static Launched run(LauncherDiscoveryRequest request) {
        Map<String, TestExecutionResult> results = new ConcurrentHashMap<>();
        LauncherFactory.create()
                .execute(
                        request,
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(
                                    TestIdentifier test, TestExecutionResult result) {
                                results.put(test.getDisplayName(), result);
                            }
                        });
        return new Launched(results);
    }

    /** Whether everything went well, the classes too. */
    boolean passed() {
        return results.values().stream()
                .allMatch(result -> result.getStatus() == TestExecutionResult.Status.SUCCESSFUL);
    }

    /** What a test failed with. */
    Throwable failure(String method) {
        return results.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(method + "("))
                .flatMap(entry -> entry.getValue().getThrowable().stream())
                .findFirst()
                .orElseThrow(() -> new AssertionError(method + " did not fail: " + results));
    }
}
