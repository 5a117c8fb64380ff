// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The walls between the parts, where Maven's modules do not hold them already. */
class WallsTest {

    private static final String CORE = "io.highwater.core..";
    private static final String EXPORTERS = "io.highwater.exporters..";
    private static final String CLIENTS = "io.highwater.exporters.client..";
    private static final String LOG = "io.highwater.core.log..";
    private static final String WEB = "io.highwater.core.web..";
    private static final String SCALER = "io.highwater.scaler..";
    private static final String AGENT = "io.highwater.agent..";
    private static final String LAB = "io.highwater.lab..";

    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("io.highwater");

    @Test
    void coreStandsOnTheJdkAlone() {
        check(classes()
                .that()
                .resideInAPackage(CORE)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(CORE, "java..", "javax.net.ssl..", "org.jspecify..", "com.sun.net.httpserver.."));
    }

    @Test
    void whatWatchesNeitherLogsNorServes() {
        check(noClasses()
                .that()
                .resideInAnyPackage("io.highwater.core", "io.highwater.core.tls..", EXPORTERS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(LOG, WEB, "com.sun.net.httpserver.."));
        check(noClasses()
                .that()
                .resideOutsideOfPackages(WEB, LAB)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.sun.net.httpserver.."));
    }

    @Test
    void theScalerAdapterKnowsCoreAlone() {
        check(noClasses()
                .that()
                .resideInAPackage(SCALER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(AGENT, EXPORTERS, LAB));
    }

    @Test
    void anExporterKnowsNoOtherAndNothingAboveIt() {
        check(slices().matching("io.highwater.exporters.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(alwaysTrue(), resideInAPackage(CLIENTS)));
        check(noClasses()
                .that()
                .resideInAPackage(EXPORTERS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(AGENT, LAB));
    }

    @Test
    void aClientLibraryThatSeveralExportersUseHasOnePackage() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("io.highwater.exporters.client.postgres..", LAB)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.postgresql.."));
        check(noClasses()
                .that()
                .resideOutsideOfPackages("io.highwater.exporters.client.redis..", LAB)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("redis.clients.."));
    }

    @Test
    void whatIsLoggedGoesThroughTheLog() {
        for (var rule :
                new ArchRule[] {NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING, NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS}) {
            rule.allowEmptyShould(true)
                    .check(CLASSES.that(
                            resideInAnyPackage(CORE, EXPORTERS, SCALER).and(not(resideInAPackage(LOG)))));
        }
    }

    @Test
    void thePartsOfTheAgentFormNoCircle() {
        check(slices().matching("io.highwater.agent.(*)..").should().beFreeOfCycles());
    }

    @Test
    void namesSayWhatAThingIs() {
        check(noClasses()
                .should()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameStartingWith("Abstract"));
    }

    private static void check(ArchRule rule) {
        rule.check(CLASSES);
    }
}
