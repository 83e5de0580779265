package dev.fettle.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Sources in a git repository, and their class files beside it. */
record CommittedProgram(Path repository, Path classes) {
  /**
   * Compiles and commits.
   *
   * @param sources texts by path below {@code src/main/java}
   */
  static CommittedProgram in(Path folder, Map<String, String> sources) throws Exception {
    Path repository = folder.resolve("repository");
    Path classes = folder.resolve("classes");
    List<String> arguments = new ArrayList<>(List.of("-g", "-d", classes.toString()));
    for (Map.Entry<String, String> each : sources.entrySet()) {
      Path file = repository.resolve("src/main/java").resolve(each.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, each.getValue());
      arguments.add(file.toString());
    }
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(code).isZero();
    git(repository, "init", "-q");
    git(repository, "add", "-A");
    git(
        repository,
        "-c",
        "user.name=t",
        "-c",
        "user.email=t@example.org",
        "commit",
        "-q",
        "-m",
        "shop");
    return new CommittedProgram(repository, classes);
  }

  /** {@code fettle run} on the repository until the program ends. */
  Fettle.Ended run(Map<String, String> environment, List<String> options, String... program) {
    List<String> line = new ArrayList<>(List.of("run", "--repo", repository.toString()));
    line.addAll(options);
    line.addAll(
        List.of(
            "--",
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-cp",
            classes.toString()));
    line.addAll(List.of(program));
    try {
      return Fettle.run(environment, 400, line.toArray(String[]::new));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void git(Path folder, String... arguments) throws Exception {
    List<String> command = Stream.concat(Stream.of("git"), Stream.of(arguments)).toList();
    Process process = new ProcessBuilder(command).directory(folder.toFile()).start();
    assertThat(process.waitFor()).as(command.toString()).isZero();
  }
}
