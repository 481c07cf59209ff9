package org.tandemgw.gateway.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The house rules that a compiler cannot know. When one fails, move the code; the rule is the point. */
class ArchitectureTest {
    private static final JavaClasses TANDEM = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.tandemgw");

    @Test
    void shouldHaveNoCycleOfPackages() {
        slices().matching("org.tandemgw.gateway.(*)..")
                .should()
                .beFreeOfCycles()
                .check(TANDEM);
        slices().matching("org.tandemgw.(*)..").should().beFreeOfCycles().check(TANDEM);
    }

    @Test
    void shouldDependOnTheCompositionFromNowhereButTheTop() {
        noClasses()
                .that()
                .resideInAPackage("org.tandemgw.gateway.(*)..")
                .and()
                .resideOutsideOfPackage("..gateway.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.tandemgw.gateway")
                .check(TANDEM);
    }

    @Test
    void shouldKeepPurePackagesPure() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "..gateway.arbiter..",
                        "..gateway.space..",
                        "..gateway.health..",
                        "..gateway.switchover..",
                        "..gateway.notice..",
                        "..tandemgw.recovery..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..",
                        "java.net..",
                        "java.nio.file..",
                        "java.nio.channels..",
                        "java.util.concurrent",
                        "java.util.concurrent.locks..",
                        "io.netty..",
                        "org.slf4j..",
                        "net.openhft..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .allowEmptyShould(true)
                .check(TANDEM);
    }

    @Test
    void shouldKeepEachLibraryAtHome() {
        atHome("net.openhft.chronicle..", "..gateway.journal..");
        atHome("net.openhft.hashing..", "..gateway.dialect..");
        atHome("picocli..", "..gateway.cli..");
        atHome("org.snakeyaml..", "org.tandemgw.profiles..");
        atHome(
                "io.netty..",
                "..gateway",
                "..gateway.leg..",
                "..gateway.intake..",
                "..gateway.relay..",
                "..gateway.feed..",
                "..gateway.control..",
                "..gateway.metrics..",
                "..gateway.net..",
                "..gateway.trunks..",
                "..gateway.probe..",
                "..abswitch.link..");
        atHome("io.micrometer..", "..gateway.metrics..");
        atHome("io.prometheus..", "..gateway.metrics..");
        atHome("com.fazecast..", "..abswitch.link..");
        atHome("org.snmp4j..", "..abswitch.link..", "..abswitch.emulator..", "..gateway.probe..", "..gateway.snmp..");
    }

    @Test
    void shouldShareNothingBetweenDriverAndEmulator() {
        // Written from the same contract, twice: or one could not prove the other wrong.
        for (final String[] each : new String[][] {
            {"..abswitch.emulator..", "..abswitch.link.."},
            {"..abswitch.emulator..", "org.tandemgw.abswitch"},
            {"..abswitch.link..", "..abswitch.emulator.."},
            {"org.tandemgw.abswitch", "..abswitch.emulator.."}
        }) {
            noClasses()
                    .that()
                    .resideInAPackage(each[0])
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(each[1])
                    .check(TANDEM);
        }
    }

    @Test
    void shouldComposeOnlyAtTheTop() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "..gateway.frame..", "..gateway.leg..", "..gateway.arbiter..", "..gateway.journal..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..gateway.config..", "..gateway.status..", "..gateway.control..", "..gateway.cli..")
                .check(TANDEM);
    }

    private static void atHome(String library, String... homes) {
        noClasses()
                .that()
                .resideOutsideOfPackages(homes)
                .and()
                .resideOutsideOfPackage("..benchmarks..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(TANDEM);
    }
}
