package io.github.sseredis.sample.notification;

import io.github.sseredis.sample.web.UserName;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

record NewNotification(@NotNull @UserName String user, @NotBlank @Size(max = 500) String text) {
}
