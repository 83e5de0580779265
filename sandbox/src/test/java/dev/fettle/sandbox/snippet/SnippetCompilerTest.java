package dev.fettle.sandbox.snippet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.sandbox.confine.HostExecution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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
      try (Stream<Path> left = Files.list(data)) {
        assertThat(left).isEmpty();
      }
    }
  }

  @Test
  void aCompilerThatBreaksIsARefusal() throws IOException {
    String deep =
        "final class FettleSnippet { int f() { return "
            + "(".repeat(12_000)
            + "1"
            + ")".repeat(12_000)
            + "; } }";
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
