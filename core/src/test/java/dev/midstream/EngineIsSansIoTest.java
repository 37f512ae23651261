package dev.midstream;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.MethodCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The engine has no sockets, no threads, no clock and no log: time comes in with the inputs, and
 * randomness as a seeded generator. So it runs under a simulated world.
 */
class EngineIsSansIoTest {
    private static final String[] SANS_IO = {
        "dev.midstream.model..",
        "dev.midstream.sse..",
        "dev.midstream.json..",
        "dev.midstream.protocol..",
        "dev.midstream.routing..",
        "dev.midstream.seam..",
        "dev.midstream.relay..",
        "dev.midstream.yaml..",
        "dev.midstream.provider..",
        "dev.midstream.capability..",
        "dev.midstream.cloud..",
        "dev.midstream.config..",
    };

    private static final Map<String, Set<String>> CLOCKS_AND_DICE =
            Map.of(
                    "java.lang.System", Set.of("currentTimeMillis", "nanoTime"),
                    "java.lang.Math", Set.of("random"),
                    "java.time.Instant", Set.of("now"),
                    "java.util.UUID", Set.of("randomUUID"));

    private static final JavaClasses ENGINE =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.midstream");

    @Test
    void opensNoSocketsAndFiles() {
        DescribedPredicate<JavaClass> sockets =
                resideInAnyPackage("java.net.http..", "java.nio.channels..", "javax.net..")
                        .or(assignableTo(java.net.Socket.class))
                        .or(assignableTo(java.net.ServerSocket.class))
                        .or(assignableTo(java.net.DatagramSocket.class))
                        .or(assignableTo(java.net.URLConnection.class))
                        .or(assignableTo(java.io.File.class))
                        .or(assignableTo(java.nio.file.Files.class));
        forbid(ArchConditions.dependOnClassesThat(sockets.as("are sockets or files")));
    }

    @Test
    void startsNoThreads() {
        DescribedPredicate<JavaClass> threads =
                assignableTo(Thread.class)
                        .or(assignableTo(java.util.concurrent.Executor.class))
                        .or(assignableTo(java.util.concurrent.CompletableFuture.class))
                        .or(assignableTo(java.util.Timer.class));
        forbid(ArchConditions.dependOnClassesThat(threads.as("are threads")));
    }

    @Test
    void readsNoClockAndThrowsNoDice() {
        forbid(
                ArchConditions.callMethodWhere(
                        DescribedPredicate.describe(
                                "it reads a clock or throws dice", call -> isClockOrDice(call))));
        forbid(
                ArchConditions.dependOnClassesThat(
                        assignableTo(java.time.Clock.class)
                                .or(assignableTo(java.util.concurrent.ThreadLocalRandom.class))
                                .as("are clocks or unseeded dice")));
    }

    @Test
    void writesNoLog() {
        DescribedPredicate<JavaClass> logs =
                resideInAnyPackage("java.util.logging..", "org.slf4j..")
                        .or(assignableTo(System.Logger.class));
        forbid(ArchConditions.dependOnClassesThat(logs.as("are logs")));
    }

    private static boolean isClockOrDice(JavaCall<?> call) {
        return call.getTarget() instanceof MethodCallTarget target
                && CLOCKS_AND_DICE
                        .getOrDefault(target.getOwner().getName(), Set.of())
                        .contains(target.getName());
    }

    private static void forbid(ArchCondition<JavaClass> condition) {
        noClasses()
                .that()
                .resideInAnyPackage(SANS_IO)
                .should(condition)
                .allowEmptyShould(true)
                .check(ENGINE);
    }
}
