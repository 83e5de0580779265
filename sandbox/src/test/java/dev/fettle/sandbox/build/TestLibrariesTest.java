package dev.fettle.sandbox.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestLibrariesTest {
  @TempDir Path directory;
  private Path test;

  @BeforeEach
  void writes() throws IOException {
    test = directory.resolve("OrdersTest.java");
    Files.writeString(test, "import org.junit.jupiter.api.Test;");
  }

  @Test
  void addsTheLauncherThatFitsThePlatformOfTheLibraries() throws IOException {
    Path older = launcher("1.9.2");
    launcher("1.13.4");
    List<Path> libraries =
        List.of(Path.of("junit-jupiter-api-5.9.2.jar"), Path.of("junit-platform-engine-1.9.2.jar"));

    assertThat(TestLibraries.missing(List.of(test), libraries, directory)).containsExactly(older);
  }

  @Test
  void addsNoLauncherToLibrariesThatHoldOne() throws IOException {
    launcher("1.9.2");
    List<Path> libraries =
        List.of(
            Path.of("junit-jupiter-api-5.9.2.jar"),
            Path.of("junit-platform-engine-1.9.2.jar"),
            Path.of("junit-platform-launcher-1.9.2.jar"));

    assertThat(TestLibraries.missing(List.of(test), libraries, directory)).isEmpty();
  }

  private Path launcher(String version) throws IOException {
    Path folder = directory.resolve("org/junit/platform/junit-platform-launcher/" + version);
    Files.createDirectories(folder);
    return Files.createFile(folder.resolve("junit-platform-launcher-" + version + ".jar"));
  }
}
