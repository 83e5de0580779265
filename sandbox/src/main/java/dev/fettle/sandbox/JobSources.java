package dev.fettle.sandbox;

import dev.fettle.contract.model.LabJob;
import dev.fettle.contract.model.NewFile;
import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.lab.protocol.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sources that a job changes or adds, by module in reactor order. */
final class JobSources {
  private static final long LIMIT = 4 << 20;

  /** What one module has to compile. */
  record OfModule(List<Message.Source> main, List<Message.Source> tests) {
    OfModule() {
      this(new ArrayList<>(), new ArrayList<>());
    }
  }

  private final ProjectModel project;
  private final Map<ProjectModel.Module, OfModule> modules = new LinkedHashMap<>();

  private JobSources(ProjectModel project) {
    this.project = project;
    project.modules().forEach(m -> modules.put(m, new OfModule()));
  }

  /**
   * Applies the patch to the copy's texts.
   *
   * @throws IOException when a file is missing, no Java source, or outside of the copy
   * @throws dev.fettle.contract.model.StalePatchException when the patch does not apply
   */
  static JobSources of(LabJob job) throws IOException {
    JobSources sources = new JobSources(job.project());
    if (job.patch().isPresent()) {
      Patch patch = job.patch().get();
      for (String path : patch.paths()) {
        sources.add(path, patch.apply(path, sources.text(path)));
      }
    }
    for (NewFile file : job.added()) {
      sources.add(file.path(), file.text());
    }
    return sources;
  }

  Map<ProjectModel.Module, OfModule> modules() {
    return modules;
  }

  private void add(String path, String text) throws IOException {
    if (!path.endsWith(".java")) {
      throw new IOException("only Java sources can be compiled: " + path);
    }
    ProjectModel.Module module =
        project
            .moduleOf(path)
            .orElseThrow(() -> new IOException("no module of the build owns " + path));
    OfModule target = modules.computeIfAbsent(module, m -> new OfModule());
    Path absolute = project.root().resolve(path).normalize();
    boolean main = module.mainSources().stream().anyMatch(absolute::startsWith);
    (main ? target.main() : target.tests()).add(new Message.Source(path, text));
  }

  private String text(String path) throws IOException {
    Path file = project.root().resolve(path).normalize();
    if (!file.startsWith(project.root())
        || !Files.isRegularFile(file)
        || !file.toRealPath().startsWith(project.root().toRealPath())
        || Files.size(file) > LIMIT) {
      throw new IOException("no such source in the built copy: " + path);
    }
    return Files.readString(file);
  }
}
