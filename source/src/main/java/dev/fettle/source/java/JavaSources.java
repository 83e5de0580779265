package dev.fettle.source.java;

import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.spi.SourceTree;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The projects whose sources are being looked at. Keeps the last few, so that opening a file of a
 * known revision is fast. Guarded by itself; one per composition root.
 */
public final class JavaSources {
  private static final int KEPT = 6;

  private final Map<Key, JavaProject> projects = new LinkedHashMap<>(16, 0.75f, true);

  private record Key(String revision, Path treeRoot, Path builtRoot) {}

  /** The project of a revision and its built copy. */
  public synchronized JavaProject project(SourceTree tree, ProjectModel model) {
    Key key = new Key(tree.revision(), tree.root(), model.root());
    JavaProject known = projects.get(key);
    if (known != null && known.model().equals(model)) {
      return known;
    }
    JavaProject opened = JavaProject.of(tree, model);
    projects.put(key, opened);
    if (projects.size() > KEPT) {
      projects.remove(projects.keySet().iterator().next());
    }
    return opened;
  }
}
