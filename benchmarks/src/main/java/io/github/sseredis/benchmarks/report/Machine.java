package io.github.sseredis.benchmarks.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import ch.rasc.sse.eventbus.SseEventBus;
import org.apache.catalina.util.ServerInfo;
import org.eclipse.jetty.util.Jetty;

import org.springframework.boot.SpringBootVersion;

/** The machine and what runs on it. */
final class Machine {

	private Machine() {
	}

	static Map<String, String> describe() {
		Map<String, String> facts = new LinkedHashMap<>();
		facts.put("processors",
				Runtime.getRuntime().availableProcessors() + ", " + find("/proc/cpuinfo", "model name\\s*: (.*)"));
		facts.put("memory", find("/proc/meminfo", "MemTotal:\\s*(.*)"));
		facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
		facts.put("JDK", System.getProperty("java.vm.vendor") + " " + Runtime.version());
		facts.put("Spring Boot", SpringBootVersion.getVersion());
		facts.put("Tomcat", ServerInfo.getServerNumber());
		facts.put("Jetty", Jetty.VERSION);
		facts.put("Redis", run("redis-server", "--version").replaceAll(".*v=(\\S+).*", "$1"));
		facts.put("sse-eventbus", String.valueOf(SseEventBus.class.getProtectionDomain().getCodeSource().getLocation())
			.replaceAll(".*sse-eventbus-(.*)[.]jar", "$1"));
		facts.put("nginx", run("nginx", "-v").replaceAll(".*nginx/(\\S+).*", "$1"));
		facts.put("nchan", run("dpkg-query", "--showformat=${Version}", "--show", "libnginx-mod-nchan"));
		return facts;
	}

	/** The load of the machine in the last minute, this command's own included. */
	static double load() {
		return Double.parseDouble(find("/proc/loadavg", "(\\S+) .*"));
	}

	private static String find(String file, String line) {
		try {
			Matcher matcher = Pattern.compile(line).matcher(Files.readString(Path.of(file)));
			return matcher.find() ? matcher.group(1) : "unknown";
		}
		catch (IOException ex) {
			return "unknown";
		}
	}

	private static String run(String... command) {
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
		}
		catch (IOException ex) {
			return "none";
		}
	}

}
