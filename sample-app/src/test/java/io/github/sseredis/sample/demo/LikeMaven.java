package io.github.sseredis.sample.demo;

import java.io.File;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the demo as {@code mvn -Pdemo} does: by a class loader of its own, of which the
 * threads that the JVM itself starts know nothing.
 */
final class LikeMaven {

	private LikeMaven() {
	}

	public static void main(String[] args) throws Exception {
		List<URL> classPath = new ArrayList<>();
		for (String entry : System.getProperty("demo.class-path").split(File.pathSeparator)) {
			classPath.add(Path.of(entry).toUri().toURL());
		}
		ClassLoader loader = new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
		Method main = loader.loadClass("io.github.sseredis.sample.demo.Demo").getMethod("main", String[].class);
		Thread.currentThread().setContextClassLoader(loader);
		main.invoke(null, (Object) args);
	}

}
