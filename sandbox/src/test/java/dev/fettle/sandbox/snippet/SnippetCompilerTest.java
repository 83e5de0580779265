package dev.fettle.sandbox.snippet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.sandbox.confine.HostExecution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnippetCompilerTest {
  @TempDir Path data;

  @Test
  void compilesInAChildAndLeavesNothingBehind() throws IOException {
    try (SnippetCompiler compiler = SnippetCompiler.open(data, HostExecution.ALLOWED)) {
      assertThat(compiler.compile("final class FettleSnippet { int f() { return 1; } }", List.of()))
          .isInstanceOfSatisfying(
              SnippetCompiler.Result.Compiled.class,
              c -> assertThat(c.classFile()).startsWith(0xCA, 0xFE, 0xBA, 0xBE));
    }
    try (Stream<Path> left = Files.list(data)) {
      assertThat(left.filter(Files::isDirectory)).isEmpty();
    }
  }

  @Test
  void oneChildCompilesOneAfterTheOtherAndKnowsNothingOfTheLast() throws IOException {
    try (SnippetCompiler compiler = SnippetCompiler.open(data, HostExecution.ALLOWED)) {
      assertThat(compiler.compile("final class FettleSnippet {} class Left {}", List.of()))
          .isInstanceOf(SnippetCompiler.Result.Compiled.class);
      assertThat(compiler.compile("final class FettleSnippet { Left left; }", List.of()))
          .isInstanceOfSatisfying(
              SnippetCompiler.Result.Refused.class, r -> assertThat(r.reason()).contains("Left"));
      assertThat(
              compiler.compile(
                  "final class FettleSnippet { Other other; }",
                  Map.of("Other", other()),
                  List.of()))
          .isInstanceOf(SnippetCompiler.Result.Compiled.class);
      assertThat(compiler.compile("final class FettleSnippet { Other other; }", List.of()))
          .isInstanceOf(SnippetCompiler.Result.Refused.class);
    }
  }

  private byte[] other() throws IOException {
    Path source = Files.writeString(data.resolve("Other.java"), "class Other {}");
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString()))
        .isZero();
    return Files.readAllBytes(data.resolve("Other.class"));
  }

  @Test
  void aCompilerThatBreaksIsARefusal() throws IOException {
    String deep = "final class FettleSnippet { int f() { return " + "~".repeat(65_000) + "1; } }";
    try (SnippetCompiler compiler = SnippetCompiler.open(data, HostExecution.ALLOWED)) {
      assertThat(compiler.compile(deep, List.of()))
          .isInstanceOfSatisfying(
              SnippetCompiler.Result.Refused.class,
              r -> assertThat(r.reason().length()).isBetween(1, 2_000));
    }
  }

  @Test
  void hugeSourcesNeverReachACompiler() throws IOException {
    try (SnippetCompiler compiler = SnippetCompiler.open(data, HostExecution.ALLOWED)) {
      assertThat(compiler.compile(" ".repeat(SnippetCompiler.SOURCE_BYTES + 1), List.of()))
          .isEqualTo(new SnippetCompiler.Result.Refused("longer than 65536 characters"));
    }
  }
}
