package io.github.sseredis.benchmarks.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The line by which a process is told what to do: standard input, one order a line, and
 * standard output, where answers begin with {@code @}. The process ends when it does.
 */
final class ControlLine {

	private ControlLine() {
	}

	static void serve(int port, EventPublisher publisher) throws IOException, InterruptedException {
		answer("ready " + port);
		BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		PublishLoop loop = new PublishLoop(publisher);
		for (String order = orders.readLine(); order != null; order = orders.readLine()) {
			answer(loop.run(PublishOrder.parse(order)));
		}
		Runtime.getRuntime().halt(0);
	}

	private static void answer(String line) {
		System.out.println("@" + line);
	}

}
