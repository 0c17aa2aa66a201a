package io.github.sseredis;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The arrows of ARCHITECTURE.md, and the house rules a compiler does not know. */
class ArchitectureTests {

	private static final String ROOT = "io.github.sseredis";

	private static final JavaClasses main = new ClassFileImporter().withImportOption(new DoNotIncludeTests())
		.importPackages(ROOT);

	private static final JavaClasses tests = new ClassFileImporter().withImportOption(new OnlyIncludeTests())
		.importPackages(ROOT);

	@Test
	void packagesDependOnEachOtherAsDrawn() {
		ArchRule rule = layeredArchitecture().consideringOnlyDependenciesInLayers()
			.withOptionalLayers(true)
			.layer("nouns")
			.definedBy(ROOT)
			.layer("log")
			.definedBy(ROOT + ".log")
			.layer("redis")
			.definedBy(ROOT + ".redis")
			.layer("web")
			.definedBy(ROOT + ".web")
			.layer("push")
			.definedBy(ROOT + ".push")
			.whereLayer("nouns")
			.mayNotAccessAnyLayer()
			.whereLayer("log")
			.mayOnlyAccessLayers("nouns")
			.whereLayer("redis")
			.mayOnlyAccessLayers("nouns", "log")
			.whereLayer("web")
			.mayOnlyAccessLayers("nouns", "log")
			.whereLayer("push")
			.mayOnlyAccessLayers("nouns");
		rule.check(main);
	}

	@Test
	void packagesAreFreeOfCycles() {
		slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(main);
	}

	@Test
	void coreKnowsNeitherSpringBootNorJackson() {
		noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework.boot..", "com.fasterxml.jackson..", "tools.jackson..")
			.check(main);
	}

	@Test
	void driversAreReachedThroughSpringDataOnly() {
		noClasses().that()
			.haveNameNotMatching(".*\\.(LettuceTopology|OwnLettuceConnectionFactory(\\$.*)?)")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.lettuce..", "redis.clients..")
			.check(main);
	}

	@Test
	void noClassIsNamedAfterNothing() {
		noClasses().should()
			.haveNameMatching(".*(Util|Utils|Helper|Impl)")
			.orShould()
			.resideInAnyPackage("..impl..", "..internal..")
			.check(main);
	}

	@Test
	void publicClassesAreClosedToSubclassesUnlessMadeForThem() {
		classes().that()
			.arePublic()
			.and()
			.areNotInterfaces()
			.and()
			.areNotEnums()
			.and(new DescribedPredicate<>("are no exceptions") {

				@Override
				public boolean test(com.tngtech.archunit.core.domain.JavaClass type) {
					return !type.isAssignableTo(Throwable.class);
				}

			})
			.should()
			.haveModifier(JavaModifier.FINAL)
			.orShould()
			.haveModifier(JavaModifier.ABSTRACT)
			.check(main);
	}

	@Test
	void testsWaitForConditionsAndNeverSleep() {
		noClasses().should().callMethod(Thread.class, "sleep", long.class).check(tests);
	}

}
