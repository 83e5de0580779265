package dev.fettle.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.contract.model.Confidence;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a patch, with the real git. */
class RepairSessionTest {
  private static final byte[] BEFORE = "class A {}\r\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] AFTER =
      "class A { int \u00e4; }\r\n".getBytes(StandardCharsets.UTF_8);

  @TempDir Path directory;
  private Path project;

  @BeforeEach
  void aProject() throws IOException {
    project = Files.createDirectories(directory.resolve("project"));
    Files.write(project.resolve("A.java"), BEFORE);
  }

  @Test
  void writesThePatchedFileByteForByte() throws IOException {
    session().apply(found("A.java"));

    assertThat(project.resolve("A.java")).hasBinaryContent(AFTER);
  }

  @Test
  void writesNothingWhereAFileCannotBeWritten() {
    assertThatThrownBy(() -> session().apply(found("gone/A.java")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("read-only");
    assertThat(project.resolve("A.java")).hasBinaryContent(BEFORE);
  }

  @Test
  void commitsToABranchAndLeavesWorkTreeIndexAndHeadAlone()
      throws IOException, InterruptedException {
    git("init", "-q", "-b", "main");
    commitAll();
    String head = git("rev-parse", "HEAD");

    String branch = session().branch(found("A.java"));

    assertThat(branch).startsWith("fettle/repair-");
    assertThat(git("status", "--porcelain")).isEmpty();
    assertThat(git("rev-parse", "HEAD")).isEqualTo(head);
    assertThat(git("show", branch + ":A.java")).contains("int \u00e4");
    assertThat(git("log", "-1", "--format=%B", branch)).startsWith("Repair: a reason");
  }

  @Test
  void commitsThePatchAloneWhereGitKeepsOtherLineEnds() throws IOException, InterruptedException {
    git("init", "-q", "-b", "main");
    git("config", "core.autocrlf", "true");
    Files.writeString(project.resolve("A.java"), "class A {\r\n}\r\n");
    commitAll();
    byte[] after = "class A {\r\n  int b;\r\n}\r\n".getBytes(StandardCharsets.UTF_8);

    String branch = session().branch(found("A.java", after));

    assertThat(git("diff", "--numstat", "HEAD", branch)).isEqualTo("1\t0\tA.java");
  }

  @Test
  void refusesToCommitTheUsersOwnUncommittedWork() throws IOException, InterruptedException {
    git("init", "-q", "-b", "main");
    commitAll();
    Files.writeString(project.resolve("A.java"), "class A { int unfinished; }\r\n");

    assertThatThrownBy(() -> session().branch(found("A.java")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("A.java has changes that are not committed");
    assertThat(git("branch", "--list", "fettle/*")).isEmpty();
  }

  @Test
  void refusesToCommitAFileThatGitDoesNotKnow() throws IOException, InterruptedException {
    git("init", "-q", "-b", "main");
    commitAll();
    Files.write(project.resolve("B.java"), BEFORE);

    assertThatThrownBy(() -> session().branch(found("B.java")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("B.java has changes that are not committed");
  }

  private void commitAll() throws IOException, InterruptedException {
    git("add", "A.java");
    git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "first");
  }

  private RepairSession session() {
    RepairRequest request =
        new RepairRequest(
            project,
            Optional.empty(),
            List.of(),
            null,
            directory.resolve("data"),
            Duration.ofSeconds(10),
            1,
            5);
    return new RepairSession(request, new PrintWriter(new StringWriter()));
  }

  private static Repaired.Found found(String path) {
    return found(path, AFTER);
  }

  private static Repaired.Found found(String path, byte[] after) {
    return new Repaired.Found(
        Map.of(path, after),
        new byte[0],
        "search",
        "a cause",
        "a reason",
        List.of(),
        List.of("a test passes"),
        null,
        Confidence.counted(0.5, List.of()),
        Repaired.Confirmed.YES,
        "the build passes");
  }

  private String git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.strip();
  }
}
