package dev.fettle.sandbox.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.contract.model.ProjectModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a hostile build may say of itself. */
class BuildRecordTest {
  @TempDir Path directory;
  private Path copy;
  private Path repository;
  private Path secret;

  @BeforeEach
  void build() throws IOException {
    copy = Files.createDirectories(directory.resolve("tree"));
    Files.createDirectories(copy.resolve("app/target/classes"));
    repository = Files.createDirectories(directory.resolve("repository"));
    Files.createFile(repository.resolve("a.jar"));
    secret = Files.createDirectories(directory.resolve("home/.ssh"));
  }

  @Test
  void takesWhatLiesInTheCopyAndTheRepositories() throws IOException {
    List<ProjectModel.Module> modules =
        modules("basedir\t" + copy.resolve("app"), "compile\t" + repository.resolve("a.jar"));

    assertThat(modules).hasSize(1);
    assertThat(modules.get(0).directory()).isEqualTo("app");
    assertThat(modules.get(0).mainClasspath()).containsExactly(repository.resolve("a.jar"));
  }

  @Test
  void refusesAModuleThatClimbsOutOfTheCopy() {
    refuses("basedir\t" + copy + "/app/../../home");
  }

  @Test
  void refusesAModuleBehindALink() throws IOException {
    Files.createSymbolicLink(copy.resolve("away"), directory.resolve("home"));
    refuses("basedir\t" + copy.resolve("away/.ssh"));
  }

  @Test
  void refusesSourcesAndClassesElsewhere() throws IOException {
    refuses("basedir\t" + copy, "mainSource\t" + secret);
    refuses("basedir\t" + copy, "testOutput\t" + secret);
    Files.createSymbolicLink(copy.resolve("classes"), secret);
    refuses("basedir\t" + copy, "mainOutput\t" + copy.resolve("classes"));
  }

  @Test
  void refusesLibrariesElsewhere() throws IOException {
    refuses("basedir\t" + copy, "test\t" + secret);
    refuses("basedir\t" + copy, "processor\t" + secret);
    Files.createSymbolicLink(repository.resolve("b.jar"), secret);
    refuses("basedir\t" + copy, "compile\t" + repository.resolve("b.jar"));
  }

  @Test
  void refusesWhatIsNoFile() throws IOException, InterruptedException {
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("/dev/zero"));

    assertThatThrownBy(() -> BuildRecord.read(pipe)).hasMessageContaining("wanted a regular file");
    assertThatThrownBy(() -> BuildRecord.read(link)).hasMessageContaining("wanted a regular file");
  }

  private void refuses(String... lines) {
    assertThatThrownBy(() -> modules(lines))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("outside the copy");
  }

  private List<ProjectModel.Module> modules(String... lines) throws IOException {
    Path file = directory.resolve("record.txt");
    Files.writeString(file, "module\tapp\n" + String.join("\n", lines) + "\n");
    return BuildRecord.read(file).modules(copy, new Bounds(copy, List.of(repository)));
  }
}
