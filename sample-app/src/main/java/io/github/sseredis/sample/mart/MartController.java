package io.github.sseredis.sample.mart;

import java.util.List;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class MartController {

	private final MartService marts;

	MartController(MartService marts) {
		this.marts = marts;
	}

	@GetMapping("/api/marts")
	List<MartView> list() {
		return this.marts.all();
	}

}
