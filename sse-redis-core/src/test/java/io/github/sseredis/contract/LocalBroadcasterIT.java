package io.github.sseredis.contract;

class LocalBroadcasterIT extends BroadcasterContract {

	@Override
	Instance.Builder instance() {
		return Instance.local();
	}

	@Override
	boolean reachesOtherInstances() {
		return false;
	}

}
