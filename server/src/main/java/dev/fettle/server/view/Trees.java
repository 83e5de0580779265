package dev.fettle.server.view;

import dev.fettle.contract.model.NewFile;
import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.StalePatchException;
import dev.fettle.contract.spi.Revisions;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.delivery.change.FileChange;
import dev.fettle.delivery.change.SideBySide;
import dev.fettle.delivery.change.UnifiedDiff;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads source and renders changes of revisions that were checked out. Thread-safe. */
public final class Trees implements IncidentReader.Diffs {
  private static final int CONTEXT = 4;

  private final Optional<Revisions> revisions;

  public Trees(Optional<Revisions> revisions) {
    this.revisions = revisions;
  }

  /** A changed file side by side. */
  public record FileRows(String path, boolean added, List<SideBySide.Row> rows) {}

  /** The text of a file at a revision. */
  public Optional<String> text(String revision, String path) {
    return tree(revision).flatMap(t -> t.text(path));
  }

  @Override
  public String unified(String revision, Patch patch, List<NewFile> added) {
    return UnifiedDiff.of(changes(revision, patch, added));
  }

  /** The same change, file by file, for two columns. */
  public List<FileRows> sideBySide(String revision, Patch patch, List<NewFile> added) {
    return changes(revision, patch, added).stream()
        .map(c -> new FileRows(c.path(), c.before().isEmpty(), SideBySide.near(c, CONTEXT)))
        .toList();
  }

  private List<FileChange> changes(String revision, Patch patch, List<NewFile> added) {
    Optional<SourceTree> tree = tree(revision);
    if (tree.isEmpty()) {
      return List.of();
    }
    List<FileChange> changes = new ArrayList<>();
    try {
      for (String path : patch.paths()) {
        Optional<String> before = tree.get().text(path);
        before.ifPresent(
            text -> changes.add(new FileChange(path, before, patch.apply(path, text))));
      }
    } catch (StalePatchException stale) {
      return List.of();
    }
    for (NewFile file : added) {
      changes.add(new FileChange(file.path(), tree.get().text(file.path()), file.text()));
    }
    return changes;
  }

  private Optional<SourceTree> tree(String revision) {
    if (revision.isEmpty() || revisions.isEmpty()) {
      return Optional.empty();
    }
    return revisions.get().checkout(revision) instanceof Revisions.Checkout.Found found
        ? Optional.of(found.tree())
        : Optional.empty();
  }
}
