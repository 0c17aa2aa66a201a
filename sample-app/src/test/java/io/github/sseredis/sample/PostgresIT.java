package io.github.sseredis.sample;

import java.io.IOException;
import java.io.UncheckedIOException;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

/** The sample with the profile {@code postgres}, on a real PostgreSQL. */
@Tag("full")
class PostgresIT extends StoriesContract {

	private static final EmbeddedPostgres postgres = start();

	private static final SampleCluster cluster = SampleCluster.start("spring.profiles.active=postgres",
			"POSTGRES_PORT=" + postgres.getPort(), "POSTGRES_DB=postgres", "POSTGRES_USER=postgres");

	PostgresIT() {
		super(cluster);
	}

	@AfterAll
	static void stop() throws IOException {
		cluster.close();
		postgres.close();
	}

	private static EmbeddedPostgres start() {
		try {
			return EmbeddedPostgres.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
