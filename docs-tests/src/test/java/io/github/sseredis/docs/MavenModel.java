package io.github.sseredis.docs;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What a page may write about Maven: coordinates, modules, profiles of this build. */
final class MavenModel {

	/**
	 * What a page may name, with the version that it must give; empty where Boot manages
	 * it.
	 */
	private final Map<String, String> versions = new HashMap<>();

	private final Set<String> modules = new HashSet<>();

	private final Set<String> profiles = new HashSet<>();

	MavenModel() {
		Document root = read(Page.ROOT.resolve("pom.xml"));
		Map<String, String> properties = properties(root);
		addDependencies(read(Path.of("pom.xml")), properties);
		addDependencies(read(Page.ROOT.resolve("sse-redis-test/pom.xml")), properties);
		// The starter of what the test kit names one by one.
		this.versions.put("org.springframework.boot:spring-boot-starter-webmvc-test", "");
		for (Element module : elements(root, "module")) {
			this.modules.add(module.getTextContent());
			Document pom = read(Page.ROOT.resolve(module.getTextContent()).resolve("pom.xml"));
			this.versions.put("io.github.sseredis:" + text(pom.getDocumentElement(), "artifactId"),
					System.getProperty("sse.docs.version"));
			addProfiles(pom);
		}
		addProfiles(root);
	}

	private static Map<String, String> properties(Document pom) {
		Map<String, String> properties = new HashMap<>();
		NodeList nodes = elements(pom, "properties").get(0).getChildNodes();
		for (int i = 0; i < nodes.getLength(); i++) {
			properties.put("${" + nodes.item(i).getNodeName() + "}", nodes.item(i).getTextContent());
		}
		return properties;
	}

	private void addDependencies(Document pom, Map<String, String> properties) {
		for (Element dependency : elements(pom, "dependency")) {
			String version = text(dependency, "version");
			this.versions.put(coordinates(dependency), properties.getOrDefault(version, version));
		}
	}

	private static String coordinates(Element dependency) {
		return text(dependency, "groupId") + ":" + text(dependency, "artifactId");
	}

	private void addProfiles(Document pom) {
		for (Element profile : elements(pom, "profile")) {
			this.profiles.add(text(profile, "id"));
		}
	}

	boolean hasModule(String name) {
		return this.modules.contains(name);
	}

	boolean hasProfile(String name) {
		return this.profiles.contains(name);
	}

	/** What is wrong with a pom or a part of one. */
	List<String> problems(String xml) {
		Document document = parse("<block>" + xml.replaceFirst("<\\?xml[^>]*>", "") + "</block>");
		List<String> problems = new ArrayList<>();
		for (Element dependency : elements(document, "dependency")) {
			String coordinates = coordinates(dependency);
			String version = this.versions.get(coordinates);
			if (version == null) {
				problems.add("unknown " + coordinates);
			}
			else if (!version.equals(text(dependency, "version"))) {
				problems.add("version of " + coordinates);
			}
		}
		for (Element parent : elements(document, "parent")) {
			if (!text(parent, "artifactId").equals("spring-boot-starter-parent")
					|| !text(parent, "version").equals(System.getProperty("sse.docs.spring-boot.version"))) {
				problems.add("parent");
			}
		}
		return problems;
	}

	private static Document read(Path file) {
		try {
			return parse(Files.readString(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Document parse(String xml) {
		try {
			return DocumentBuilderFactory.newDefaultInstance()
				.newDocumentBuilder()
				.parse(new InputSource(new StringReader(xml)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (SAXException | ParserConfigurationException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private static List<Element> elements(Document document, String name) {
		NodeList nodes = document.getElementsByTagName(name);
		List<Element> elements = new ArrayList<>();
		for (int i = 0; i < nodes.getLength(); i++) {
			elements.add((Element) nodes.item(i));
		}
		return elements;
	}

	/** The text of a child; empty without one. */
	private static String text(Element element, String child) {
		for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
			if (node.getNodeName().equals(child)) {
				return node.getTextContent();
			}
		}
		return "";
	}

}
