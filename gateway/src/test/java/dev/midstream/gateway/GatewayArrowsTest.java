package dev.midstream.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class GatewayArrowsTest {

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.midstream.gateway");

    @Test
    void reactorStaysInTheTwoPackagesThatTouchTheWire() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.midstream.gateway.transport", "dev.midstream.gateway.edge")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("reactor..", "org.reactivestreams..")
                .check(CLASSES);
    }

    @Test
    void theDriverAndTheTransportKnowNoProtocol() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.midstream.gateway.driver",
                        "dev.midstream.gateway.transport",
                        "dev.midstream.gateway.edge")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.midstream.protocol.*..")
                .check(CLASSES);
    }

    @Test
    void onlyTheDemoAndTheDrillKnowTheTestkit() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.midstream.gateway.cli", "dev.midstream.gateway.drill")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.midstream.testkit..")
                .check(CLASSES);
    }
}
