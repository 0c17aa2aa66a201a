package io.github.sseredis.web;

import jakarta.servlet.http.HttpServletRequest;

/** provisional */
interface WriteAborter {

	static WriteAborter forRequest(HttpServletRequest request) {
		return new WriteAborter() {
		};
	}

}
