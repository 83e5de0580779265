package dev.fettle.delivery.change;

import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.Plausible;
import dev.fettle.contract.model.StalePatchException;
import dev.fettle.contract.model.TestDraft;
import dev.fettle.contract.spi.SourceTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files that a delivery changes, sorted by path: those of the patch and the reproduction test.
 * Holds Java sources only; see {@link DeliverablePaths}.
 */
public record ChangeSet(List<FileChange> files) {

  /** What came of putting a change set together. */
  public sealed interface Assembly {
    /** Ready. */
    record Assembled(ChangeSet changes) implements Assembly {}

    /** A rule of delivery forbids it. */
    record Forbidden(String rule) implements Assembly {}

    /** Patch and tree do not fit. */
    record Unfit(String reason) implements Assembly {}
  }

  public ChangeSet {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("a change set needs a file");
    }
    List<FileChange> sorted = new ArrayList<>(files);
    sorted.sort((a, b) -> a.path().compareTo(b.path()));
    files = List.copyOf(sorted);
  }

  /** The change that {@code plausible} makes to {@code tree}. */
  public static Assembly of(Plausible plausible, SourceTree tree) {
    return of(plausible.candidate().patch(), plausible.test(), tree);
  }

  static Assembly of(Patch patch, Optional<TestDraft> test, SourceTree tree) {
    List<FileChange> files = new ArrayList<>();
    for (String path : patch.paths()) {
      Optional<String> forbidden = DeliverablePaths.forbids(path);
      if (forbidden.isPresent()) {
        return new Assembly.Forbidden(forbidden.get());
      }
      Optional<String> before = tree.text(path);
      if (before.isEmpty()) {
        return new Assembly.Unfit(Inert.line(path) + " is not a text file of the revision");
      }
      try {
        files.add(new FileChange(path, before, patch.apply(path, before.get())));
      } catch (StalePatchException stale) {
        return new Assembly.Unfit(Inert.line(stale.getMessage()));
      }
    }
    if (test.isPresent()) {
      Assembly added = added(test.get(), tree, files);
      if (added != null) {
        return added;
      }
    }
    Optional<String> hidden = files.stream().flatMap(f -> hidden(f).stream()).findFirst();
    return hidden.isPresent()
        ? new Assembly.Forbidden(hidden.get())
        : new Assembly.Assembled(new ChangeSet(files));
  }

  /** Adds the test unless the project has it already; null when that went well. */
  private static @org.jspecify.annotations.Nullable Assembly added(
      TestDraft test, SourceTree tree, List<FileChange> files) {
    Optional<String> forbidden = DeliverablePaths.forbids(test.path());
    if (forbidden.isPresent()) {
      return new Assembly.Forbidden(forbidden.get());
    }
    Optional<String> present = tree.text(test.path());
    if (present.isEmpty() && tree.paths().contains(test.path())) {
      return new Assembly.Unfit(Inert.line(test.path()) + " is there already and not a text file");
    }
    if (present.isEmpty()) {
      files.add(new FileChange(test.path(), Optional.empty(), test.text()));
    } else if (test.rung() != TestDraft.Rung.EXISTING_TEST && !present.get().equals(test.text())) {
      return new Assembly.Unfit(
          Inert.line(test.path()) + " is there already with another text; tests are never changed");
    }
    return null;
  }

  /** Characters that make a reviewer see another text than the compiler does. */
  private static Optional<String> hidden(FileChange file) {
    String before = file.before().orElse("");
    return file.after()
        .codePoints()
        .filter(c -> c == 0 || Inert.reorders(c))
        .filter(c -> count(file.after(), c) > count(before, c))
        .mapToObj(
            c ->
                String.format(
                    "no hidden characters: %s would gain U+%04X", Inert.line(file.path()), c))
        .findFirst();
  }

  private static long count(String text, int codePoint) {
    return text.codePoints().filter(c -> c == codePoint).count();
  }
}
