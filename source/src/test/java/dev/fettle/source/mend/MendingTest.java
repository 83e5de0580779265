package dev.fettle.source.mend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.Patch;
import dev.fettle.source.java.JavaSources;
import dev.fettle.testkit.TinyProject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MendingTest {
  @TempDir Path root;

  @Test
  void addsAMissingSemicolon() {
    assertThat(
            mended(
                "class A {\n  int a() {\n    int b = 1\n    return b;\n  }\n}\n",
                3,
                14,
                "';' expected"))
        .contains("class A {\n  int a() {\n    int b = 1;\n    return b;\n  }\n}\n");
  }

  @Test
  void spellsANameAsTheFileDoes() {
    assertThat(
            mended(
                "class A {\n  int a(int count) {\n    return cuont;\n  }\n}\n",
                3,
                12,
                "cannot find symbol | symbol:   variable cuont | location: class A"))
        .contains("class A {\n  int a(int count) {\n    return count;\n  }\n}\n");
  }

  @Test
  void importsWhatTheJdkHas() {
    assertThat(
            mended(
                "package p;\n\nclass A {\n  List<String> a;\n}\n",
                4,
                3,
                "cannot find symbol | symbol:   class List | location: class A"))
        .contains("package p;\n\nimport java.util.List;\n\nclass A {\n  List<String> a;\n}\n");
  }

  @Test
  void returnsTheVariableOfTheWantedType() {
    assertThat(
            mended(
                "class A {\n  int a() {\n    int b = 1;\n  }\n}\n",
                4,
                3,
                "missing return statement"))
        .contains("class A {\n  int a() {\n    int b = 1;\n    return b;\n  }\n}\n");
  }

  @Test
  void keepsTheLineEndsOfTheFile() {
    assertThat(
            mended(
                "class A {\r\n  int a() {\r\n    int b = 1;\r\n  }\r\n}\r\n",
                4,
                3,
                "missing return statement"))
        .allMatch(t -> t.replace("\r\n", "").indexOf('\n') < 0);
  }

  @Test
  void castsWhereAValueWouldLoseDigits() {
    assertThat(
            mended(
                "class A {\n  int a(double d) {\n    return d;\n  }\n}\n",
                3,
                12,
                "incompatible types: possible lossy conversion from double to int"))
        .contains("class A {\n  int a(double d) {\n    return (int) d;\n  }\n}\n");
  }

  @Test
  void countsColumnsAsJavacDoes() {
    assertThat(new Problem("A.java", 1, 17, "x").offset("\t\tx = 1")).isEqualTo(2);
  }

  private List<String> mended(String text, int line, int column, String message) {
    TinyProject project = TinyProject.in(root).write("src/main/java/A.java", text);
    Mending mending = new Mending(new JavaSources().project(project.tree(), project.model()));
    String path = "src/main/java/A.java";
    return mending.ideas(new Problem(path, line, column, message), text).stream()
        .map(m -> new Patch(m.replacements()).apply(path, text))
        .toList();
  }
}
