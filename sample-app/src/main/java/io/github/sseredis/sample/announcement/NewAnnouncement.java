package io.github.sseredis.sample.announcement;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

record NewAnnouncement(@NotBlank @Size(max = 500) String text) {
}
