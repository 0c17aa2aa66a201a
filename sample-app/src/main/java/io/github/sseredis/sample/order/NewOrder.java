package io.github.sseredis.sample.order;

import io.github.sseredis.sample.web.PlainText;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

record NewOrder(@NotNull @ExistingMart Long martId, @NotBlank @Size(max = 100) @PlainText String item,
		@NotNull @Min(value = 1, message = "must be {value} or more") @Max(value = 1000,
				message = "must be {value} or less") Integer quantity) {
}
