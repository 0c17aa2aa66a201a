package io.github.sseredis.test;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("full")
class RedisClusterIT {

	@Test
	void anotherNodeServesTheKeyWhenItsMasterHandsOverOrIsGone() {
		try (RedisCluster cluster = RedisCluster.start(RedisVersion.V7_0)) {
			assertThat(cluster.masterOf("{0}").version()).isEqualTo(RedisVersion.V7_0);
			RedisServer first = cluster.masterOf("{0}");
			assertThat(cluster.masterOf("{3}")).isNotSameAs(first);
			cluster.failOver("{0}");
			RedisServer second = cluster.masterOf("{0}");
			assertThat(second).isNotSameAs(first);
			assertThat(cluster.replicaOf("{0}")).isSameAs(first);
			second.command("SET", "{0}", "kept");
			second.command("WAIT", "1", "5000");
			assertThat(cluster.killMasterOf("{0}")).isSameAs(second);
			cluster.awaitMasterOf("{0}");
			assertThat(cluster.masterOf("{0}")).isSameAs(first);
			assertThat(first.command("GET", "{0}")).isEqualTo("kept");
			second.startAgain();
			cluster.awaitReady();
			assertThat(cluster.replicaOf("{0}")).isSameAs(second);
		}
	}

}
