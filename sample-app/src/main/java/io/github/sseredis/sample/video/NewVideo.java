package io.github.sseredis.sample.video;

import io.github.sseredis.sample.web.PlainText;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

record NewVideo(@NotBlank @Size(max = 100) @PlainText String title) {
}
