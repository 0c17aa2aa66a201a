package io.github.sseredis.sample.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;

/** The name of a user, as it may become part of a topic. */
@Pattern(regexp = "[A-Za-z0-9-]{1,64}")
@ReportAsSingleViolation
@Constraint(validatedBy = {})
@Target({ ElementType.PARAMETER, ElementType.FIELD })
@Retention(RetentionPolicy.RUNTIME)
public @interface UserName {

	String message() default "must be 1 to 64 letters, digits or hyphens";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

}
