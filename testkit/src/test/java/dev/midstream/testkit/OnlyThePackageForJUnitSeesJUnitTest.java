package dev.midstream.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class OnlyThePackageForJUnitSeesJUnitTest {

    private static final JavaClasses TESTKIT =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.midstream.testkit");

    @Test
    void everythingElseWorksWithoutIt() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.midstream.testkit.junit")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.junit..", "org.opentest4j..", "dev.midstream.testkit.junit")
                .check(TESTKIT);
    }

    @Test
    void nobodyNeedsAnAssertionLibrary() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.assertj..", "org.hamcrest..", "com.google.common..")
                .check(TESTKIT);
    }

    /** The judges share no code with what they judge, but for the events of the library. */
    @Test
    void theTestkitSeesNothingOfTheEngineButItsModel() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.midstream.protocol..",
                        "dev.midstream.sse..",
                        "dev.midstream.json..",
                        "dev.midstream.relay..",
                        "dev.midstream.routing..",
                        "dev.midstream.config..",
                        "dev.midstream.driver..")
                .check(TESTKIT);
    }
}
