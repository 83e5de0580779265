package dev.fettle.search;

import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.source.java.JavaFile;
import dev.fettle.source.java.JavaProject;
import dev.fettle.source.java.JavaSources;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A project of one file that is on no disk. */
record OneFile(String path, String source) implements SourceTree {
  static final Path ROOT = Path.of("/nonexistent/fettle-search-test");

  static ProjectModel model() {
    ProjectModel.Module module =
        new ProjectModel.Module(
            "one",
            "",
            List.of(),
            List.of(),
            ROOT.resolve("classes"),
            ROOT.resolve("test-classes"),
            List.of(),
            List.of(),
            List.of(),
            17,
            List.of(),
            ProjectModel.TestSettings.defaults());
    return new ProjectModel(
        ROOT,
        ProjectModel.BuildTool.PLAIN,
        Path.of(System.getProperty("java.home")),
        List.of(module));
  }

  JavaProject project() {
    return new JavaSources().project(this, model());
  }

  JavaFile open() {
    return project().file(path).orElseThrow();
  }

  @Override
  public String revision() {
    return "0".repeat(40);
  }

  @Override
  public Path repository() {
    return ROOT;
  }

  @Override
  public Path root() {
    return ROOT;
  }

  @Override
  public List<String> paths() {
    return List.of(path);
  }

  @Override
  public Optional<String> text(String wanted) {
    return wanted.equals(path) ? Optional.of(source) : Optional.empty();
  }
}
