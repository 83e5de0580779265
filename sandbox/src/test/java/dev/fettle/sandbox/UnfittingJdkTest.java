package dev.fettle.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.Confirmation;
import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.Replacement;
import dev.fettle.contract.spi.ProjectReader.Reading;
import dev.fettle.sandbox.confine.HostExecution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project of a Java that is not installed: nothing is judged, and the version is named. */
class UnfittingJdkTest {
  @TempDir Path directory;

  private Folder tree() {
    return new Folder(directory.resolve("shop"), "6001")
        .with(
            "pom.xml",
            "<project><modelVersion>4.0.0</modelVersion><groupId>a</groupId>",
            "<artifactId>shop</artifactId><version>1</version>",
            "<properties><maven.compiler.release>99</maven.compiler.release></properties>",
            "</project>")
        .with("src/main/java/a/A.java", "package a; class A { }");
  }

  @Test
  void isNotReadAndSaysWhichIsWanted() throws IOException {
    try (Sandbox sandbox = Sandbox.open(directory.resolve("data"), HostExecution.ALLOWED)) {
      assertThat(sandbox.reader().read(tree()))
          .isInstanceOfSatisfying(
              Reading.Unreadable.class,
              why -> assertThat(why.reason()).contains("wanted a JDK 99", "installed: "));
    }
  }

  @Test
  void isNeitherConfirmedNorRefuted() throws IOException {
    try (Sandbox sandbox = Sandbox.open(directory.resolve("data"), HostExecution.ALLOWED)) {
      assertThat(
              sandbox
                  .laboratory()
                  .confirm(
                      tree(),
                      new Patch(
                          List.of(new Replacement("src/main/java/a/A.java", 0, 0, "", "// a\n"))),
                      List.of()))
          .isInstanceOfSatisfying(
              Confirmation.Unconfirmed.class,
              why -> assertThat(why.reason()).contains("wanted a JDK 99", "installed: "));
    }
  }
}
