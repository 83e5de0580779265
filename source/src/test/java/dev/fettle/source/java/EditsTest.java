package dev.fettle.source.java;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.StatementTree;
import dev.fettle.testkit.TinyProject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditsTest {
  @TempDir Path dir;

  private static final String BEFORE =
      """
      package a;

      import java.util.List;
      import java.util.Set;

      class Cart {
        int f(List<String> names, boolean b) {
          int size = names.size();
          if (b)
            return size;
          else return 2;
        }
      }
      """;

  private JavaFile open(String text) {
    TinyProject tiny = TinyProject.in(dir).source(text).compile();
    return new JavaSources()
        .project(tiny.tree(), tiny.model())
        .fileOf("a.Cart", Focus.everything())
        .orElseThrow();
  }

  private static StatementTree at(JavaFile file, int line) {
    MethodNode f = file.methods().stream().filter(m -> m.name().equals("f")).findFirst().get();
    return file.statementsAt(f, line).get(0);
  }

  private static String applied(JavaFile file, Edits edits) {
    return edits.patch().apply(file.path(), file.text());
  }

  @Test
  void insertsBeforeWithTheIndentationOfThePlace() {
    JavaFile file = open(BEFORE);
    Edits edits = Edits.in(file).insertBefore(at(file, 8), "if (names == null) {\n  return 0;\n}");

    assertThat(applied(file, edits))
        .isEqualTo(
            BEFORE.replace(
                "    int size", "    if (names == null) {\n      return 0;\n    }\n    int size"));
  }

  @Test
  void keepsCarriageReturns() {
    JavaFile file = open(BEFORE.replace("\n", "\r\n"));
    Edits edits = Edits.in(file).insertBefore(at(file, 8), "a();\nb();");

    assertThat(applied(file, edits))
        .isEqualTo(
            BEFORE
                .replace("    int size", "    a();\n    b();\n    int size")
                .replace("\n", "\r\n"));
  }

  @Test
  void addsBracesToABareBranch() {
    JavaFile file = open(BEFORE);

    assertThat(applied(file, Edits.in(file).insertBefore(at(file, 10), "log();")))
        .isEqualTo(
            BEFORE.replace(
                "if (b)\n      return size;\n",
                "if (b) {\n      log();\n      return size;\n    }\n"));
    assertThat(applied(file, Edits.in(file).insertBefore(at(file, 11), "log();")))
        .isEqualTo(
            BEFORE.replace("else return 2;\n", "else {\n      log();\n      return 2;\n    }\n"));
  }

  @Test
  void importsInOrderAndQualifiesOnClash() {
    JavaFile file = open(BEFORE);
    Edits edits = Edits.in(file);

    assertThat(edits.type("java.util.Optional")).isEqualTo("Optional");
    assertThat(edits.type("java.util.List")).isEqualTo("List");
    assertThat(edits.type("java.awt.List")).isEqualTo("java.awt.List");
    assertThat(edits.type("java.lang.String")).isEqualTo("String");
    assertThat(applied(file, edits))
        .isEqualTo(
            BEFORE.replace(
                "import java.util.Set;", "import java.util.Optional;\nimport java.util.Set;"));
  }

  @Test
  void removesAStatementWithItsLine() {
    JavaFile file = open(BEFORE.replace("return size", "return 1"));

    assertThat(applied(file, Edits.in(file).remove(at(file, 8))))
        .isEqualTo(
            BEFORE
                .replace("return size", "return 1")
                .replace("    int size = names.size();\n", ""));
  }

  @Test
  void enclosesStatementsOneStepDeeper() {
    JavaFile file = open(BEFORE.replace("return size", "return 1"));

    assertThat(
            applied(file, Edits.in(file).enclose(at(file, 8), at(file, 8), "if (names != null)")))
        .contains("    if (names != null) {\n      int size = names.size();\n    }\n    if (b)");
  }
}
