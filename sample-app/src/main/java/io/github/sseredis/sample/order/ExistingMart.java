package io.github.sseredis.sample.order;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.sseredis.sample.mart.MartService;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import org.jspecify.annotations.Nullable;

/** The ID of a mart that there is. */
@Constraint(validatedBy = ExistingMart.Validator.class)
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@interface ExistingMart {

	String message() default "is no mart";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

	class Validator implements ConstraintValidator<ExistingMart, Long> {

		private final MartService marts;

		Validator(MartService marts) {
			this.marts = marts;
		}

		@Override
		public boolean isValid(@Nullable Long martId, ConstraintValidatorContext context) {
			return martId == null || this.marts.exists(martId);
		}

	}

}
