package io.github.sseredis.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

/** Boot's own rules for auto-configurations, as far as they concern us. */
class AutoConfigurationRulesTests {

	private static final String PACKAGE = "io.github.sseredis.autoconfigure";

	private static final JavaClasses main = new ClassFileImporter().withImportOption(new DoNotIncludeTests())
		.importPackages(PACKAGE);

	private static final JavaClasses tests = new ClassFileImporter().withImportOption(new OnlyIncludeTests())
		.importPackages("io.github.sseredis.autoconfigure", "com.example.host");

	@Test
	void autoConfigurationsArePublicAndFinal() {
		classes().that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL)
			.check(main);
	}

	@Test
	void autoConfigurationsHaveNoPublicMethods() {
		noMethods().that()
			.areDeclaredInClassesThat()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.check(main);
	}

	@Test
	void nestedConfigurationsAreNotPublicAndProxyNothing() {
		classes().that()
			.areAnnotatedWith(Configuration.class)
			.should()
			.notBePublic()
			.andShould()
			.beAnnotatedWith(new DescribedPredicate<>("proxyBeanMethods = false") {

				@Override
				public boolean test(JavaAnnotation<?> annotation) {
					return annotation.getRawType().isEquivalentTo(Configuration.class)
							&& Boolean.FALSE.equals(annotation.get("proxyBeanMethods").orElse(true));
				}

			})
			.check(main);
	}

	@Test
	void beanMethodsArePackagePrivateAndHaveNoClassCondition() {
		methods().that()
			.areAnnotatedWith(Bean.class)
			.should()
			.bePackagePrivate()
			.andShould()
			.notBeAnnotatedWith(ConditionalOnClass.class)
			.check(main);
	}

	@Test
	void onlyWhatAHostNamesIsPublic() {
		noClasses().that(new DescribedPredicate<JavaClass>("are neither auto-configurations nor properties") {

			@Override
			public boolean test(JavaClass type) {
				// Tomcat creates its protocol by the name, and takes only public classes.
				return !type.isAnnotatedWith(AutoConfiguration.class)
						&& !type.getFullName().startsWith(SseProperties.class.getName())
						&& !type.isEquivalentTo(SmallBuffersProtocol.class);
			}

		}).should().bePublic().check(main);
	}

	@Test
	void everyAutoConfigurationIsImportedAndTheListIsSorted() throws IOException {
		assertThat(lines("META-INF/spring/" + AutoConfiguration.class.getName() + ".imports")).isSorted()
			.containsExactlyInAnyOrderElementsOf(main.stream()
				.filter((type) -> type.isAnnotatedWith(AutoConfiguration.class))
				.map(JavaClass::getName)
				.toList());
	}

	@Test
	void everyFailureAnalyzerIsRegisteredAndTheListIsSorted() throws IOException {
		List<String> registered = lines("META-INF/spring.factories").stream()
			.filter((line) -> line.startsWith(PACKAGE))
			.map((line) -> line.replace(",\\", ""))
			.toList();
		assertThat(registered).isSorted()
			.containsExactlyInAnyOrderElementsOf(main.stream()
				.filter((type) -> type.isAssignableTo(FailureAnalyzer.class))
				.map(JavaClass::getName)
				.toList());
	}

	@Test
	void testsWaitForConditionsAndNeverSleep() {
		noClasses().should().callMethod(Thread.class, "sleep", long.class).check(tests);
	}

	// Other jars have files of these names too: ours lie where the classes are.
	private static List<String> lines(String resource) throws IOException {
		URI classes = URI.create(SseProperties.class.getProtectionDomain().getCodeSource().getLocation().toString());
		return Files.readAllLines(Path.of(classes).resolve(resource));
	}

}
