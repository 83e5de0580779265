package dev.fettle.sandbox.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusedFilesTest {
  @TempDir Path tree;

  @Test
  void namesEachFileOfTheCopyThatTheCompilerRefuses() throws IOException {
    Path file = tree.resolve("src/test/java/a/OldTest.java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "class OldTest {}");
    String output =
        "[ERROR] "
            + file
            + ":[3,12] package org.absent does not exist\n[ERROR] "
            + file
            + ":[9,1] cannot find symbol\n[ERROR] /elsewhere/B.java:[1,1] cannot find symbol\n"
            + "[ERROR] Failed to execute goal x:testCompile (default-testCompile)";

    assertThat(MavenProjectReader.refused(tree, output))
        .containsExactly("src/test/java/a/OldTest.java");
  }
}
