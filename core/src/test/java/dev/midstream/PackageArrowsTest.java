package dev.midstream;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The arrows between the packages of the engine: left may not see right in {@code model} ← {@code
 * sse}, {@code json} ← {@code protocol.*} and in {@code model} ← {@code routing} ← {@code relay} ←
 * {@code driver}.
 */
class PackageArrowsTest {
    private static final JavaClasses ENGINE =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.midstream");

    @Test
    void modelSeesNothingOfOurs() {
        check("model..");
    }

    @Test
    void sseSeesOnlyTheModel() {
        check("sse..", "model..");
    }

    @Test
    void jsonSeesOnlyTheModel() {
        check("json..", "model..");
    }

    @Test
    void protocolsSeeTheModelAndTheWire() {
        check("protocol..", "model..", "sse..", "json..");
    }

    @Test
    void noConcreteProtocolSeesAnother() {
        slices().matching("dev.midstream.protocol.(*)..")
                .should()
                .notDependOnEachOther()
                .allowEmptyShould(true)
                .check(ENGINE);
    }

    @Test
    void routingSeesTheModelAndWhatIsConfigured() {
        check("routing..", "model..", "config..", "capability..");
    }

    @Test
    void theSeamSeesOnlyTheModel() {
        check("seam..", "model..");
    }

    /** {@code protocol} without the dots: its interfaces, no protocol that implements them. */
    @Test
    void theRelaySeesNoConcreteProtocol() {
        check("relay..", "model..", "json..", "routing..", "capability..", "seam..", "protocol");
    }

    @Test
    void theDriverSeesNoConcreteProtocolAndNoConfiguration() {
        check("driver..", "model..", "routing..", "capability..", "relay..", "cloud..", "protocol");
    }

    @Test
    void admissionSeesNoConcreteProtocol() {
        check(
                "admission..",
                "model..",
                "json..",
                "routing..",
                "capability..",
                "config..",
                "relay..",
                "protocol");
    }

    @Test
    void whatTheConfigurationIsReadBySeesNothingOfIt() {
        check("yaml..");
        check("provider..", "yaml..");
        check("capability..", "model..", "yaml..");
        check("cloud..", "model..");
        check("catalog..", "yaml..", "routing..");
    }

    @Test
    void theConfigurationSeesNoProtocolAndNoRelay() {
        check(
                "config..",
                "model..",
                "routing..",
                "yaml..",
                "provider..",
                "capability..",
                "catalog..",
                "cloud..");
    }

    @Test
    void noPackagesFormACycle() {
        slices().matching("dev.midstream.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(ENGINE);
    }

    private static void check(String from, String... allowed) {
        ArchRule rule =
                classes()
                        .that()
                        .resideInAPackage("dev.midstream." + from)
                        .should()
                        .onlyDependOnClassesThat(
                                not(resideInAPackage("dev.midstream.."))
                                        .or(resideInAPackage("dev.midstream." + from))
                                        .or(resideInAnyPackage(ours(allowed))))
                        .allowEmptyShould(true);
        rule.check(ENGINE);
    }

    private static String[] ours(String... packages) {
        return Stream.of(packages).map(name -> "dev.midstream." + name).toArray(String[]::new);
    }
}
