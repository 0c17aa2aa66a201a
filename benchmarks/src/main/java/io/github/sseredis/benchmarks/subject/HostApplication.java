package io.github.sseredis.benchmarks.subject;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An application that can be started with our jars on its class path and without. */
public final class HostApplication implements AutoCloseable {

	private static final Pattern OURS = Pattern.compile("sse-redis-(core|autoconfigure|starter)\\b");

	private final Setup setup;

	private final String argument;

	private final RedisProcess redis;

	private HostApplication(Setup setup, String argument, RedisProcess redis) {
		this.setup = setup;
		this.argument = argument;
		this.redis = redis;
	}

	/**
	 * Creates an application.
	 * @param connects whether it connects to Redis while it starts
	 */
	public static HostApplication create(Setup setup, boolean connects) {
		return new HostApplication(setup, "--benchmarks.connects=" + connects, RedisProcess.start(setup.logs()));
	}

	/** Starts and ends it once; returns how long it took until it was ready. */
	public double startMillis(boolean withOurs) {
		String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
			.filter((entry) -> withOurs || !OURS.matcher(entry).find())
			.collect(Collectors.joining(File.pathSeparator));
		List<String> arguments = Stream
			.concat(Subject.Container.TOMCAT.arguments().stream(),
					Stream.of("--spring.data.redis.port=" + this.redis.port(), this.argument))
			.toList();
		long begin = System.nanoTime();
		try (ControlledProcess process = ControlledProcess.start(this.setup.logs().resolve("host.log"),
				this.setup.java(classPath, "PlainServer", arguments.toArray(String[]::new)))) {
			return (System.nanoTime() - begin) / 1e6;
		}
	}

	@Override
	public void close() {
		this.redis.close();
	}

}
