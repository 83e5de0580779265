package dev.fettle.source.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.testkit.TinyProject;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestStyleTest {
  @TempDir Path directory;

  @Test
  void writesJUnit4WhereTheTestsUseIt() {
    TinyProject project =
        TinyProject.in(directory)
            .source("package org.junit; public @interface Test {}")
            .source("package org.junit.jupiter.api; public @interface Test {}")
            .test(
                "package a;\nimport org.junit.Test;\npublic class ATests {\n\t@Test public void t() {}\n}");

    TestStyle style = style(project.compile()).orElseThrow();

    assertThat(style)
        .isEqualTo(
            new TestStyle(TestStyle.Framework.JUNIT4, "src/test/java", "Tests", "\t", 17, 0));
  }

  @Test
  void knowsNoStyleWithoutATestFramework() {
    TinyProject project = TinyProject.in(directory).source("package a; class A {}").compile();

    assertThat(style(project)).isEmpty();
  }

  private static Optional<TestStyle> style(TinyProject project) {
    try (ClassPool classes = ClassPool.of(project.model(), project.model().modules().get(0))) {
      return TestStyle.of(
          project.model(), project.model().modules().get(0), project.tree(), classes);
    }
  }
}
