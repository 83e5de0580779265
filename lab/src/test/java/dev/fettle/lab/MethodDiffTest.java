package dev.fettle.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

class MethodDiffTest {
  private static final String BEFORE = "class A { int f() { return 1; } void g() { } }";

  @Test
  void namesTheChangedMethodAlone() {
    List<String> changed = new ArrayList<>();
    boolean reshaped = compare("\n\nclass A { int f() { return 2; } void g() { } }", changed);
    assertThat(changed).containsExactly("A#f()I");
    assertThat(reshaped).isFalse();
  }

  @Test
  void seesThatAMethodIsGone() {
    List<String> changed = new ArrayList<>();
    assertThat(compare("class A { int f() { return 1; } }", changed)).isTrue();
    assertThat(changed).containsExactly("A#g()V");
  }

  @Test
  void seesThatAnotherMethodIsThereButForPrivateOnes() {
    String with = "class A { int f() { return 1; } void g() { } %s void h() { } }";
    assertThat(compare(with.formatted("public"), new ArrayList<>())).isTrue();
    assertThat(compare(with.formatted("private"), new ArrayList<>())).isFalse();
  }

  private static boolean compare(String after, List<String> changed) {
    return MethodDiff.compare(compiled(BEFORE), compiled(after), changed);
  }

  private static byte[] compiled(String source) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    MemoryFiles files = new MemoryFiles(compiler.getStandardFileManager(null, null, null));
    files.begin(Map.of());
    List<MemoryFiles.SourceFile> units = List.of(new MemoryFiles.SourceFile("A.java", source));
    assertThat(compiler.getTask(null, files, null, List.of("-proc:none"), null, units).call())
        .isTrue();
    byte[] bytes = files.classes().get("A");
    assertThat(bytes).isNotNull();
    return bytes;
  }
}
