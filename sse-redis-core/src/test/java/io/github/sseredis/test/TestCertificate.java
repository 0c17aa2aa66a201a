package io.github.sseredis.test;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for localhost that nobody but a test trusts.
 *
 * @param certificate the certificate, in PEM
 * @param key its private key, in PEM
 * @param trusted a context that trusts it alone
 */
public record TestCertificate(Path certificate, Path key, SSLContext trusted) {

	private static final String PASSWORD = "changeit";

	/** Makes a certificate by the keytool of this JDK. */
	public static TestCertificate create(Path directory) throws Exception {
		Path store = directory.resolve("server.p12");
		Process keytool = new ProcessBuilder(
				List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias",
						"server", "-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=localhost", "-ext",
						"san=dns:localhost,ip:127.0.0.1", "-validity", "2", "-storetype", "PKCS12", "-storepass",
						PASSWORD, "-keystore", store.toString()))
			.redirectErrorStream(true)
			.redirectOutput(directory.resolve("keytool.log").toFile())
			.start();
		if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
			throw new IllegalStateException("keytool: " + Files.readString(directory.resolve("keytool.log")));
		}
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(store)) {
			keys.load(in, PASSWORD.toCharArray());
		}
		Certificate certificate = keys.getCertificate("server");
		Path certificateFile = pem(directory.resolve("server.crt"), "CERTIFICATE", certificate.getEncoded());
		Path keyFile = pem(directory.resolve("server.key"), "PRIVATE KEY",
				keys.getKey("server", PASSWORD.toCharArray()).getEncoded());
		return new TestCertificate(certificateFile, keyFile, trust(certificate));
	}

	private static SSLContext trust(Certificate certificate) throws Exception {
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		trusted.setCertificateEntry("server", certificate);
		TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		managers.init(trusted);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, managers.getTrustManagers(), null);
		return context;
	}

	private static Path pem(Path file, String kind, byte[] bytes) throws Exception {
		String text = Base64.getMimeEncoder(64, "\n".getBytes()).encodeToString(bytes);
		return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
	}

}
