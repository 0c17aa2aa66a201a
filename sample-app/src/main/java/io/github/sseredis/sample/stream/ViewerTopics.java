package io.github.sseredis.sample.stream;

import java.util.ArrayList;
import java.util.List;

import io.github.sseredis.sample.mart.MartService;

import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/**
 * Which topics are whose. They follow from who is authenticated, never from what a client
 * names.
 */
@Component
class ViewerTopics {

	private final MartService marts;

	ViewerTopics(MartService marts) {
		this.marts = marts;
	}

	String[] of(Authentication viewer) {
		List<String> topics = new ArrayList<>(List.of("announcements", "user:" + viewer.getName()));
		this.marts.ownedBy(viewer.getName()).forEach((mart) -> topics.add("mart:" + mart.id() + ":orders"));
		if (Roles.isAdmin(viewer)) {
			topics.add("campaigns");
		}
		return topics.toArray(String[]::new);
	}

}
