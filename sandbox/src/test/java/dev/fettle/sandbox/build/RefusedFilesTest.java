package dev.fettle.sandbox.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusedFilesTest {
  @TempDir Path tree;

  @Test
  void namesNoFileThatALinkOfTheBuildLeadsTo(@TempDir Path elsewhere) throws IOException {
    Path mine = Files.writeString(elsewhere.resolve("Mine.java"), "class Mine {}");
    Files.createSymbolicLink(tree.resolve("e"), elsewhere);
    Files.createSymbolicLink(tree.resolve("Link.java"), mine);
    String output =
        "[ERROR] %s/e/Mine.java:[1,1] no\n[ERROR] %s/Link.java:[1,1] no".formatted(tree, tree);

    assertThat(MavenProjectReader.refused(new Bounds(tree, List.of()), tree, output)).isEmpty();
  }

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

    assertThat(MavenProjectReader.refused(new Bounds(tree, List.of()), tree, output))
        .containsExactly("src/test/java/a/OldTest.java");
  }
}
