package dev.fettle.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.ProjectModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a build's tests run. */
class WorkerSettingsTest {
  @TempDir Path directory;
  private Path copy;

  @BeforeEach
  void aModule() throws IOException {
    copy = Files.createDirectories(directory.toRealPath().resolve("tree"));
    Files.createDirectories(copy.resolve("app"));
  }

  @Test
  void runsTestsInTheirModuleWhereTheBuildSaysNothing() {
    assertThat(workingDirectory("")).isEqualTo(copy.resolve("app"));
  }

  @Test
  void runsTestsWhereTheBuildSaysAndMakesTheDirectoryAsSurefireDoes() {
    Path wanted = copy.resolve("app/target/run");

    assertThat(workingDirectory(wanted.toString())).isEqualTo(wanted).isDirectory();
    assertThat(workingDirectory("target/other")).isEqualTo(copy.resolve("app/target/other"));
  }

  @Test
  void staysInTheCopyWhateverTheBuildSays() throws IOException {
    Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
    Files.createSymbolicLink(copy.resolve("app/away"), elsewhere);

    assertThat(workingDirectory("/usr")).isEqualTo(copy.resolve("app"));
    assertThat(workingDirectory("../..")).isEqualTo(copy.resolve("app"));
    assertThat(workingDirectory("away/made")).isEqualTo(copy.resolve("app"));
    assertThat(elsewhere).isEmptyDirectory();
  }

  private Path workingDirectory(String named) {
    ProjectModel.TestSettings tests =
        new ProjectModel.TestSettings(
            List.of(), List.of(), List.of(), List.of(), List.of(), "", "", named);
    Path output = copy.resolve("app/target/classes");
    ProjectModel.Module module =
        new ProjectModel.Module(
            "app",
            "app",
            List.of(),
            List.of(),
            output,
            output.resolveSibling("test-classes"),
            List.of(),
            List.of(),
            List.of(),
            17,
            List.of(),
            tests);
    ProjectModel project =
        new ProjectModel(copy, ProjectModel.BuildTool.MAVEN, Path.of("/usr"), List.of(module));
    return new WorkerSettings(project, module).workingDirectory();
  }
}
