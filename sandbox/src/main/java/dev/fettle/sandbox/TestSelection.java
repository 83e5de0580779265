package dev.fettle.sandbox;

import dev.fettle.contract.model.LabJob;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.lab.protocol.Message;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which test classes of which modules a job runs. */
final class TestSelection {
  private final Workers workers;
  private final BaseSuites bases;

  TestSelection(Workers workers, BaseSuites bases) {
    this.workers = workers;
    this.bases = bases;
  }

  Map<ProjectModel.Module, List<String>> of(LabJob job, Compiled code, Deadline deadline)
      throws IOException, Worker.Lost {
    LabJob.Selection selection = job.selection();
    if (selection instanceof LabJob.Selection.Classes classes) {
      return Map.of(module(job.project(), classes.module()), classes.names());
    } else if (selection instanceof LabJob.Selection.All) {
      return noticing(job, code);
    } else if (selection instanceof LabJob.Selection.Affected) {
      return affected(job.project(), code, deadline);
    }
    return Map.of();
  }

  /** All test classes, without a patch; with one those that can notice it. */
  private Map<ProjectModel.Module, List<String>> noticing(LabJob job, Compiled code)
      throws IOException {
    Set<String> unreached = unreached(job, code);
    Map<ProjectModel.Module, List<String>> kept = new LinkedHashMap<>();
    all(job.project(), bases.known(job.project()))
        .forEach(
            (module, tests) -> {
              List<String> some = tests.stream().filter(t -> !unreached.contains(t)).toList();
              if (!some.isEmpty()) {
                kept.put(module, some);
              }
            });
    return kept;
  }

  /**
   * Test classes whose run at the base revision came nowhere near what a job changes. None where
   * that is not known, and none where more than bodies of methods changed: then code that looks at
   * classes may see it.
   */
  Set<String> unreached(LabJob job, Compiled code) {
    Set<String> unreached = new HashSet<>();
    if (job.patch().isEmpty() || code.reshaped() || code.changedMethods().isEmpty()) {
      return unreached;
    }
    Set<String> methods = Set.copyOf(code.changedMethods());
    for (BaseModule base : bases.known(job.project()).values()) {
      unreached.addAll(base.classes().keySet());
      unreached.removeAll(base.noticing(methods));
    }
    return unreached;
  }

  /** All test classes but those that never came to their end at the base revision. */
  private static Map<ProjectModel.Module, List<String>> all(
      ProjectModel project, Map<String, BaseModule> known) throws IOException {
    Map<ProjectModel.Module, List<String>> all = new LinkedHashMap<>();
    for (ProjectModel.Module module : project.modules()) {
      BaseModule base = known.get(module.directory());
      List<String> tests =
          TestClasses.of(module).stream()
              .filter(t -> base == null || base.classes().containsKey(t))
              .toList();
      if (!tests.isEmpty()) {
        all.put(module, tests);
      }
    }
    return all;
  }

  /**
   * By recorded coverage where there is any, else by constant pools; all when none is found. Tests
   * that start an application context are left to {@link LabJob.Selection.All}.
   */
  private Map<ProjectModel.Module, List<String>> affected(
      ProjectModel project, Compiled code, Deadline deadline) throws IOException, Worker.Lost {
    Map<String, BaseModule> known = bases.known(project);
    Set<String> methods = Set.copyOf(code.changedMethods());
    Map<ProjectModel.Module, List<String>> all = all(project, known);
    Map<ProjectModel.Module, List<String>> found = new LinkedHashMap<>();
    for (Map.Entry<ProjectModel.Module, List<String>> entry : all.entrySet()) {
      BaseModule base = known.get(entry.getKey().directory());
      List<String> tests =
          base != null
              ? base.entering(methods)
              : reaching(project, entry.getKey(), entry.getValue(), code, deadline);
      if (!tests.isEmpty()) {
        found.put(entry.getKey(), tests);
      }
    }
    return plain(found.isEmpty() ? all : found, known);
  }

  private List<String> reaching(
      ProjectModel project,
      ProjectModel.Module module,
      List<String> tests,
      Compiled code,
      Deadline deadline)
      throws IOException, Worker.Lost {
    Message request = new Message.Reach(tests, code.changedClasses());
    Message answer =
        workers.use(
            project, module, deadline, worker -> worker.ask(request, deadline.left(), event -> {}));
    return answer instanceof Message.Reached reached
        ? reached.testClasses().stream().filter(tests::contains).toList()
        : tests;
  }

  private static Map<ProjectModel.Module, List<String>> plain(
      Map<ProjectModel.Module, List<String>> found, Map<String, BaseModule> known) {
    Map<ProjectModel.Module, List<String>> plain = new LinkedHashMap<>();
    found.forEach(
        (module, tests) -> {
          BaseModule base = known.get(module.directory());
          List<String> kept = tests.stream().filter(t -> base == null || !base.context(t)).toList();
          if (!kept.isEmpty()) {
            plain.put(module, kept);
          }
        });
    return plain;
  }

  private static ProjectModel.Module module(ProjectModel project, String name) throws IOException {
    return project.modules().stream()
        .filter(m -> m.directory().equals(name))
        .findFirst()
        .or(() -> project.modules().stream().filter(m -> m.name().equals(name)).findFirst())
        .orElseThrow(() -> new IOException("the project has no module " + name));
  }
}
