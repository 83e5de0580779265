package dev.fettle.source.check;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.SourcePlace;
import dev.fettle.contract.model.StepResult;
import dev.fettle.contract.model.Suspect;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.contract.spi.ValidationStep;
import dev.fettle.source.java.Focus;
import dev.fettle.source.java.JavaFile;
import dev.fettle.source.java.JavaProject;
import dev.fettle.source.java.JavaSources;
import dev.fettle.source.java.MethodNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import org.jspecify.annotations.Nullable;

/**
 * The patch touches at most three files, all main Java sources that hold a suspect or declare a
 * type which a suspect's method uses. Tests are never changed.
 */
final class Scope implements ValidationStep {
  static final int MAX_FILES = 3;

  private final JavaSources sources;

  Scope(JavaSources sources) {
    this.sources = sources;
  }

  @Override
  public String oracle() {
    return "scope";
  }

  @Override
  public int cost() {
    return 10;
  }

  @Override
  public StepResult check(Candidate candidate, RepairCase repairCase) {
    Set<String> paths = candidate.patch().paths();
    if (paths.size() > MAX_FILES) {
      return new StepResult.Rejected("touches " + paths.size() + " files, at most 3 may");
    }
    JavaProject project = sources.project(repairCase.tree(), repairCase.project());
    Set<String> allowed = new HashSet<>();
    repairCase.diagnosis().suspects().forEach(s -> allowed.add(s.place().path()));
    for (String path : paths) {
      if (!path.endsWith(".java") || project.index().isTest(path)) {
        return new StepResult.Rejected(path + " is not a main Java source");
      }
      if (!allowed.contains(path) && !used(project, repairCase).contains(path)) {
        return new StepResult.Rejected(path + " holds no suspect, nor a type that one uses");
      }
    }
    return new StepResult.Passed(
        "touches only " + (paths.size() == 1 ? "a file" : "files") + " of suspects");
  }

  private static Set<String> used(JavaProject project, RepairCase repairCase) {
    Set<String> files = new HashSet<>();
    for (Suspect suspect : repairCase.diagnosis().suspects()) {
      SourcePlace place = suspect.place();
      Optional<JavaFile> file = project.file(place.path(), Focus.lines(place.line()));
      file.ifPresent(
          f ->
              f.methods().stream()
                  .filter(m -> m.covers(place.line()))
                  .forEach(m -> collect(f, m, project, files)));
    }
    return files;
  }

  private static void collect(
      JavaFile file, MethodNode method, JavaProject project, Set<String> files) {
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void scan(@Nullable Tree tree, @Nullable Void p) {
        if (tree instanceof ExpressionTree e && file.written(e)) {
          file.typeOf(e)
              .filter(DeclaredType.class::isInstance)
              .map(t -> (TypeElement) ((DeclaredType) t).asElement())
              .flatMap(t -> project.index().declaring(file.binaryName(t)))
              .ifPresent(files::add);
        }
        return super.scan(tree, p);
      }
    }.scan(method.tree(), null);
  }
}
