package com.example.batch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.sseredis.test.RedisExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/** The batch as a process of its own: it must end by itself, and lose nothing by that. */
class BatchApplicationIT {

	@RegisterExtension
	static final RedisExtension redis = RedisExtension.shared();

	@Test
	void endsWhenEverythingIsPublished(@TempDir Path directory) throws Exception {
		Path log = directory.resolve("batch.log");
		Process batch = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), BatchApplication.class.getName(),
				"--spring.data.redis.host=" + redis.host(), "--spring.data.redis.port=" + redis.port(),
				"--sse.channel-prefix=" + redis.prefix())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		try {
			assertThat(batch.waitFor(120, TimeUnit.SECONDS)).as("ends").isTrue();
			assertThat(batch.exitValue()).as(() -> read(log)).isZero();
		}
		finally {
			batch.destroyForcibly();
		}
		assertThat(redis.command("XLEN", redis.prefix() + "{0}:log:user:kim")).hasToString("500");
		assertThat(redis.command("XREVRANGE", redis.prefix() + "{0}:log:user:kim", "+", "-", "COUNT", "1").toString())
			.contains("event: statement", "{\"customer\":\"kim\",\"number\":500}");
		assertThat(redis.command("XLEN", redis.prefix() + "{0}:log:announcements")).hasToString("1");
		assertThat(read(log)).contains("Server-Sent Events through Redis").doesNotContain(" WARN ");
	}

	@Test
	void hasNoWebOnItsClassPath() {
		assertThat(List.of("jakarta.servlet.Servlet", "org.springframework.web.servlet.DispatcherServlet",
				"reactor.netty.http.server.HttpServer"))
			.noneMatch((type) -> ClassUtils.isPresent(type, null));
	}

	private static String read(Path log) {
		try {
			return Files.readString(log);
		}
		catch (java.io.IOException ex) {
			return ex.toString();
		}
	}

}
