package dev.fettle.cli.repair;

import dev.fettle.llm.settings.LlmSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a user asks to repair.
 *
 * @param project the directory that holds it
 * @param folders its sources where no build describes them
 * @param tests {@code Class} or {@code Class#method}; empty for all that fail
 * @param trace a pasted stack trace; null without one
 * @param data where built copies, fetched libraries and the journal are kept
 * @param budget wall time, reading the project included
 * @param patches how many to return at most
 * @param llm the language model to ask beside the search
 */
public record RepairRequest(
    Path project,
    Optional<Folders> folders,
    List<String> tests,
    @Nullable String trace,
    Path data,
    Duration budget,
    long seed,
    int patches,
    LlmSettings llm) {
  public RepairRequest {
    tests = List.copyOf(tests);
  }

  /** One that asks no language model. */
  public RepairRequest(
      Path project,
      Optional<Folders> folders,
      List<String> tests,
      @Nullable String trace,
      Path data,
      Duration budget,
      long seed,
      int patches) {
    this(project, folders, tests, trace, data, budget, seed, patches, LlmSettings.none());
  }

  /** The same, asking this model beside the search. */
  public RepairRequest asking(LlmSettings other) {
    return new RepairRequest(project, folders, tests, trace, data, budget, seed, patches, other);
  }

  /**
   * Sources without a build.
   *
   * @param classpath jars and directories
   * @param release language level; 0 for the JDK's own
   */
  public record Folders(List<Path> sources, List<Path> tests, List<Path> classpath, int release) {
    public Folders {
      sources = List.copyOf(sources);
      tests = List.copyOf(tests);
      classpath = List.copyOf(classpath);
    }

    /**
     * The same folders of a copy of the project; libraries stay where they are.
     *
     * @throws IOException when a folder is gone
     */
    Folders in(Path copy, Path project) throws IOException {
      Path root = project.toRealPath();
      return new Folders(moved(sources, root, copy), moved(tests, root, copy), classpath, release);
    }

    private static List<Path> moved(List<Path> folders, Path root, Path copy) throws IOException {
      List<Path> moved = new ArrayList<>();
      for (Path folder : folders) {
        moved.add(copy.resolve(root.relativize(folder.toRealPath())));
      }
      return moved;
    }
  }
}
