package dev.fettle.source.snippet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnippetClassTest {
  private static final List<SnippetClass.Variable> VARIABLES =
      List.of(
          new SnippetClass.Variable("text", "Ljava/lang/String;", "java.lang.String"),
          new SnippetClass.Variable(
              "seen", "Ljava/util/List;", "java.util.List<java.lang.Integer>"),
          new SnippetClass.Variable("price", "I", "int"));

  @TempDir Path folder;

  @Test
  void assignedVariablesComeBack() throws Exception {
    assertThat(run("price = text.length();", "int", "abc", 7))
        .containsExactly("abc", 3, null, null);
  }

  @Test
  void onlyNamedVariablesAreTaken() {
    assertThat(written("price = 1;", "int").variables()).containsExactly("price I");
  }

  @Test
  void aVariableThatTheSnippetDeclaresComesBackToo() throws Exception {
    assertThat(run("int price = 5;", "int", 7)).containsExactly(5, null, null);
  }

  @Test
  void elementsHaveTheirTypes() throws Exception {
    assertThat(run("for (Integer each : seen) price += each;", "int", List.of(1, 2), 7)[1])
        .isEqualTo(10);
  }

  @Test
  void aReturnComesBehindTheVariables() throws Exception {
    assertThat(run("if (price > 3) return price * 2; price = 0;", "int", 7))
        .containsExactly(7, "return", 14);
    assertThat(run("if (price > 3) return price * 2; price = 0;", "int", 1))
        .containsExactly(0, null, null);
  }

  @Test
  void aSnippetMayOnlyReturn() throws Exception {
    assertThat(run("return -1;", "int")).containsExactly("return", -1);
    assertThat(run("return;", "void")).containsExactly("return", null);
  }

  @Test
  void theReturnedValueIsConvertedToTheMethodsType() throws Exception {
    assertThat(run("return 1;", "long")).containsExactly("return", 1L);
  }

  @Test
  void whatIsNoSequenceOfStatementsIsRefused() {
    assertThat(refused("} static { System.exit(1);")).contains("not a sequence");
    assertThat(refused("}} class Other {{")).contains("not a sequence");
    assertThat(refused("price = ;")).contains("not a sequence");
  }

  @Test
  void hostileTextsNeverReachAParser() {
    assertThat(refused("x".repeat(SnippetClass.BYTES + 1))).contains("longer");
    assertThat(refused("(".repeat(100))).contains("nested");
    assertThat(refused("Sys\\u0074em.exit(1);")).contains("unicode");
    assertThat(refused("String \u202e = null;")).contains("ASCII");
  }

  private static String refused(String code) {
    return ((SnippetClass.Result.Unusable) SnippetClass.of(code, VARIABLES, "int")).reason();
  }

  private static SnippetClass written(String code, String returns) {
    return ((SnippetClass.Result.Written) SnippetClass.of(code, VARIABLES, returns)).type();
  }

  private Object[] run(String code, String returns, Object... values)
      throws IOException, ReflectiveOperationException {
    Path source = folder.resolve("FettleSnippet.java");
    Files.writeString(source, written(code, returns).source());
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-nowarn", "-Xlint:none", source.toString()))
        .isZero();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
      Method heal = loader.loadClass("FettleSnippet").getDeclaredMethod("heal", Object[].class);
      heal.setAccessible(true);
      List<Object> given = new ArrayList<>(Arrays.asList(values));
      given.add(null);
      given.add(null);
      return (Object[]) heal.invoke(null, (Object) given.toArray());
    }
  }
}
