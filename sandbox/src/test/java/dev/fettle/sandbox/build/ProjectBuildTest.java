package dev.fettle.sandbox.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.Confirmation;
import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.Replacement;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.sandbox.confine.Children;
import dev.fettle.sandbox.confine.Confinements;
import dev.fettle.sandbox.confine.HostExecution;
import dev.fettle.testkit.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a script in the place of Maven. */
class ProjectBuildTest {
  private static final Patch PATCH =
      new Patch(List.of(new Replacement("pom.xml", 0, 0, "", "<!-- patched -->")));

  @TempDir Path directory;
  private SourceTree tree;

  @BeforeEach
  void write() throws IOException {
    Path root = Files.createDirectories(directory.resolve("project"));
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    tree = DirectoryTree.of(root);
  }

  @Test
  void saysNothingOfAPatchWhenTheBuildIsAsSlowWithoutIt() throws IOException {
    Confirmation confirmation = confirm("exec sleep 600", Duration.ofSeconds(1));

    assertThat(confirmation)
        .isEqualTo(new Confirmation.Unconfirmed("the build ran longer than 1 s, without it too"));
  }

  @Test
  void refutesAPatchThatMakesAQuickBuildEndless() throws IOException {
    Confirmation confirmation =
        confirm("grep -q patched pom.xml && exec sleep 600\nexit 0", Duration.ofSeconds(8));

    assertThat(confirmation).isEqualTo(new Confirmation.Refuted("the build ran longer than 8 s"));
  }

  private Confirmation confirm(String script, Duration timeout) throws IOException {
    Path bin = Files.createDirectories(directory.resolve("bin"));
    Path mvn = Files.writeString(bin.resolve("mvn"), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (Children children = new Children(Confinements.strongest(HostExecution.ALLOWED))) {
      Maven maven =
          new Maven(
              children,
              directory.resolve("data"),
              Fetched.APART,
              directory.resolve("home"),
              Map.of("PATH", bin + ":/usr/bin:/bin"));
      return new ProjectBuild(directory.resolve("data"), maven, Jdks.installed(), timeout)
          .confirm(tree, PATCH, List.of(), 0);
    }
  }
}
