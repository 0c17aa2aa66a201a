package io.github.sseredis.sample.mart;

import java.util.List;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Answers which marts there are, and whose they are. */
@Service
@Transactional(readOnly = true)
public class MartService {

	private final MartRepository marts;

	MartService(MartRepository marts) {
		this.marts = marts;
	}

	public List<MartView> all() {
		return this.marts.findAllByOrderById().stream().map(Mart::view).toList();
	}

	public List<MartView> ownedBy(String user) {
		return this.marts.findByOwnerOrderById(user).stream().map(Mart::view).toList();
	}

	public boolean exists(long martId) {
		return this.marts.existsById(martId);
	}

	public boolean isOwnedBy(long martId, String user) {
		return this.marts.existsByIdAndOwner(martId, user);
	}

}
