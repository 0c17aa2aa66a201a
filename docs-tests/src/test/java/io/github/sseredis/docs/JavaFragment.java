package io.github.sseredis.docs;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A block of Java that is less than a file: types without imports, members of a class, or
 * statements. What it is taken for is the first of these that parses.
 */
record JavaFragment(CodeBlock block, String name) {

	/** The path of the file it becomes. */
	String file() {
		return this.name + "/Fragment.java";
	}

	/** The file it becomes. */
	String source() {
		List<UnaryOperator<String>> forms = List.of((text) -> text + this.block.context(),
				(text) -> "abstract class Fragment {\n" + text + this.block.context() + "}\n",
				(text) -> "abstract class Fragment {\nvoid run() throws Exception {\n" + text + "}\n"
						+ this.block.context() + "}\n");
		return forms.stream()
			.map((form) -> head() + form.apply(this.block.text()))
			.filter(JavaCompilation::parses)
			.findFirst()
			.orElseGet(this.block::text);
	}

	private String head() {
		return "package " + this.name + ";\n" + Imports.java();
	}

	static Map<String, String> sources(Stream<JavaFragment> fragments) {
		return fragments.collect(Collectors.toMap(JavaFragment::file, JavaFragment::source));
	}

}
