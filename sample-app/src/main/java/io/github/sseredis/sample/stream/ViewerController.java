package io.github.sseredis.sample.stream;

import java.util.List;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.sample.mart.MartService;
import io.github.sseredis.sample.mart.MartView;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells a page who looks on. */
@RestController
class ViewerController {

	private final Broadcaster broadcaster;

	private final MartService marts;

	private final String instance;

	ViewerController(Broadcaster broadcaster, MartService marts, @Value("${sample.instance}") String instance) {
		this.broadcaster = broadcaster;
		this.marts = marts;
		this.instance = instance;
	}

	@GetMapping("/api/me")
	Viewer me(Authentication viewer) {
		return new Viewer(this.broadcaster.lastEventId().toString(), viewer.getName(), Roles.of(viewer),
				this.marts.ownedBy(viewer.getName()), this.instance);
	}

	/**
	 * Who looks on.
	 *
	 * @param lastEventId what a page begins its stream with, if it loads everything else
	 * after this
	 * @param marts those that are the viewer's
	 * @param instance the one that has answered
	 */
	record Viewer(String lastEventId, String name, List<String> roles, List<MartView> marts, String instance) {
	}

}
