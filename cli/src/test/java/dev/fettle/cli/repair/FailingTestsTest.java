package dev.fettle.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.checkout.FolderTree;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.spi.ProjectReader;
import dev.fettle.sandbox.Sandbox;
import dev.fettle.sandbox.confine.HostExecution;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailingTestsTest {
  private static final double NO_TIME = 1e-9;

  @TempDir Path directory;

  @Test
  void goesOnPastItsShareWhileNothingHasFailed() throws IOException {
    Path project = directory.resolve("project");
    write(project, "src/main/java/A.java", "class A { static int one() { return 2; } }\n");
    write(
        project,
        "src/test/java/ATest.java",
        "import org.junit.jupiter.api.*;\nclass ATest {\n  @Test void one() { Assertions.assertEquals(1, A.one()); }\n}\n");
    Budget budget = Budget.begun(Duration.ZERO, Duration.ofMinutes(5));
    try (Sandbox sandbox = Sandbox.open(directory.resolve("data"), HostExecution.ALLOWED)) {
      ProjectModel model =
          ((ProjectReader.Reading.Read) sandbox.reader().read(FolderTree.of(project))).project();
      Progress progress = new Progress(new PrintWriter(new StringWriter()), budget);

      List<FailingTests.Seen> seen =
          new FailingTests(sandbox.tests(), model, budget, progress, NO_TIME)
              .find(List.of(), List.of());

      assertThat(seen).hasSize(1);
      assertThat(seen.get(0).missing()).isEmpty();
      assertThat(seen.get(0).failing())
          .extracting(t -> t.result().name())
          .containsExactly("ATest#one");
    }
  }

  private static void write(Path project, String path, String text) throws IOException {
    Path file = project.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
