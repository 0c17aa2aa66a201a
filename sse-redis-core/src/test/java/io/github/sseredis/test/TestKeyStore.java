package io.github.sseredis.test;

import java.io.IOException;
import java.nio.file.Path;

/** A key store with a certificate for localhost, made once for a run. */
public final class TestKeyStore {

	public static final String PASSWORD = "secret";

	private TestKeyStore() {
	}

	/**
	 * Where the key store is.
	 * @return a file in PKCS12
	 */
	public static Path file() {
		return Holder.FILE;
	}

	private static Path generate() {
		Path file = TempDirectories.create("key-store").resolve("test.p12");
		try {
			Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
					"-genkeypair", "-alias", "test", "-keyalg", "EC", "-dname", "CN=localhost", "-storetype", "PKCS12",
					"-storepass", PASSWORD, "-keystore", file.toString())
				.redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			if (keytool.waitFor() != 0) {
				throw new IllegalStateException("keytool failed");
			}
			return file;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static final class Holder {

		static final Path FILE = generate();

	}

}
