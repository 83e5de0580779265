package dev.fettle.source.reproduce;

import dev.fettle.contract.model.ProjectModel;
import java.util.HashMap;
import java.util.Map;

/** The class files of each module, opened when first asked for. Confined. */
final class ClassPools implements AutoCloseable {
  private final ProjectModel project;
  private final Map<String, ClassPool> open = new HashMap<>();

  ClassPools(ProjectModel project) {
    this.project = project;
  }

  ClassPool of(ProjectModel.Module module) {
    return open.computeIfAbsent(module.directory(), d -> ClassPool.of(project, module));
  }

  @Override
  public void close() {
    open.values().forEach(ClassPool::close);
    open.clear();
  }
}
