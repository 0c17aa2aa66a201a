package io.github.sseredis.sample.announcement;

import io.github.sseredis.sample.web.PlainText;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

record NewAnnouncement(@NotBlank @Size(max = 500) @PlainText String text) {
}
