package dev.fettle.checkout;

import dev.fettle.contract.model.CommitRef;
import dev.fettle.contract.model.SourcePlace;
import dev.fettle.contract.spi.Revisions;
import dev.fettle.contract.spi.SourceTree;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.blame.BlameResult;
import org.eclipse.jgit.errors.AmbiguousObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Revisions of one git repository, read through JGit. Nothing is ever written to the repository;
 * snapshots and exported trees go to a directory of ours. Thread-safe.
 */
public final class GitRevisions implements Revisions {
  private static final int BLAMED_FILES = 3;
  private static final int SHORTEST_PREFIX = 7;

  private final Path root;
  private final Path snapshots;
  private final TreeExport export;

  /**
   * @param root a checkout or a bare repository
   * @param trees where trees are exported to, created when absent
   */
  public GitRevisions(Path root, Path trees) {
    this.root = root.toAbsolutePath().normalize();
    this.snapshots = trees.resolve("snapshots.git");
    this.export = new TreeExport(trees.toAbsolutePath().normalize());
  }

  @Override
  public synchronized Checkout checkout(@Nullable String revision) {
    try (Repository repository = open()) {
      return revision == null ? current(repository) : named(repository, revision);
    } catch (IOException e) {
      return new Checkout.Missing("cannot read the git repository " + root + ": " + e.getMessage());
    } catch (IllegalArgumentException notOne) {
      return new Checkout.Missing(
          root + " is not a git repository; expected the root of a checkout or a bare repository");
    }
  }

  @Override
  public List<CommitRef> lastTouched(SourceTree tree, List<SourcePlace> places, int limit) {
    Map<String, CommitRef> found = new LinkedHashMap<>();
    try (Repository repository = open()) {
      ObjectId start = blameStart(repository, tree.revision());
      Map<String, List<SourcePlace>> byFile = new LinkedHashMap<>();
      places.forEach(p -> byFile.computeIfAbsent(p.path(), x -> new ArrayList<>()).add(p));
      for (var entry : byFile.entrySet().stream().limit(BLAMED_FILES).toList()) {
        blame(repository, start, entry.getKey(), entry.getValue(), tree, found);
      }
    } catch (IOException | GitAPIException unreadable) {
      return List.of();
    }
    return found.values().stream()
        .sorted(Comparator.comparing(CommitRef::at).reversed())
        .limit(limit)
        .toList();
  }

  private Repository open() throws IOException {
    FileRepositoryBuilder builder = new FileRepositoryBuilder();
    if (!Files.exists(root.resolve(Constants.DOT_GIT)) && !Files.exists(root.resolve("objects"))) {
      throw new IllegalArgumentException("neither a checkout nor a bare repository: " + root);
    }
    File dotGit = root.resolve(Constants.DOT_GIT).toFile();
    if (dotGit.exists()) {
      builder.setWorkTree(root.toFile());
    } else {
      builder.setGitDir(root.toFile()).setBare();
    }
    return builder.setMustExist(true).build();
  }

  /** Our store of snapshots sees the repository's objects as alternates. */
  private Repository store(Repository repository) throws IOException {
    FileRepositoryBuilder builder = new FileRepositoryBuilder();
    builder.setGitDir(snapshots.toFile()).setBare();
    builder.addAlternateObjectDirectory(
        new File(
            repository.getCommonDirectory() == null
                ? repository.getDirectory()
                : repository.getCommonDirectory(),
            Constants.OBJECTS));
    Repository store = builder.build();
    if (!Files.isDirectory(snapshots.resolve(Constants.OBJECTS))) {
      store.create(true);
    }
    return store;
  }

  private Checkout current(Repository repository) throws IOException {
    ObjectId head = repository.resolve(Constants.HEAD);
    if (head == null) {
      return new Checkout.Missing(root + " has no commit yet");
    }
    Set<String> changes = Snapshot.changes(repository);
    if (changes.isEmpty()) {
      return found(repository, head, "");
    }
    try (Repository store = store(repository);
        RevWalk walk = new RevWalk(store)) {
      ObjectId snapshot = Snapshot.write(repository, walk.parseCommit(head), changes, store);
      return found(
          store,
          snapshot,
          "the work tree differs from HEAD in "
              + changes.size()
              + (changes.size() == 1 ? " file" : " files")
              + "; a snapshot of it was taken");
    }
  }

  private Checkout named(Repository repository, String revision) throws IOException {
    if (!revision.matches("[0-9a-f]{" + SHORTEST_PREFIX + ",40}")) {
      return new Checkout.Missing(
          "not a commit id (7 to 40 lower-case hex digits): " + printable(revision));
    }
    try {
      ObjectId id = repository.resolve(revision);
      if (id != null && repository.getObjectDatabase().has(id)) {
        return found(repository, id, "");
      }
      try (Repository store = store(repository)) {
        ObjectId snapshot = store.resolve(revision);
        return snapshot == null || !store.getObjectDatabase().has(snapshot)
            ? new Checkout.Missing("revision " + revision + " is not in " + root)
            : found(store, snapshot, "a snapshot of a work tree");
      }
    } catch (AmbiguousObjectException e) {
      return new Checkout.Missing("revision " + revision + " is ambiguous in " + root);
    } catch (MissingObjectException | IncorrectObjectTypeException | RevisionSyntaxException e) {
      return new Checkout.Missing("revision " + revision + " is not a commit of " + root);
    }
  }

  private Checkout found(Repository objects, ObjectId id, String note) throws IOException {
    try (ObjectReader reader = objects.newObjectReader();
        RevWalk walk = new RevWalk(reader)) {
      return new Checkout.Found(export.of(walk.parseCommit(id), reader, root), note);
    }
  }

  /** Blame begins at the commit itself, or at the parent of a snapshot. */
  private ObjectId blameStart(Repository repository, String revision) throws IOException {
    ObjectId id = ObjectId.fromString(revision);
    if (repository.getObjectDatabase().has(id)) {
      return id;
    }
    ObjectId head = repository.resolve(Constants.HEAD);
    if (head == null) {
      throw new IOException("no commit to begin at");
    }
    return head;
  }

  private static void blame(
      Repository repository,
      ObjectId start,
      String path,
      List<SourcePlace> places,
      SourceTree tree,
      Map<String, CommitRef> found)
      throws GitAPIException {
    BlameResult result;
    try (Git git = new Git(repository)) {
      result = git.blame().setStartCommit(start).setFilePath(path).call();
    }
    if (result == null) {
      return;
    }
    String text = tree.text(path).orElse("");
    for (SourcePlace place : places) {
      int lines =
          (int)
              text.substring(
                      Math.min(place.start(), text.length()), Math.min(place.end(), text.length()))
                  .chars()
                  .filter(c -> c == '\n')
                  .count();
      for (int line = place.line() - 1; line <= place.line() - 1 + lines; line++) {
        if (line >= 0 && line < result.getResultContents().size()) {
          RevCommit commit = result.getSourceCommit(line);
          PersonIdent author = commit.getAuthorIdent();
          found.putIfAbsent(
              commit.name() + path,
              new CommitRef(
                  commit.name(),
                  author.getName(),
                  author.getWhenAsInstant() == null ? Instant.EPOCH : author.getWhenAsInstant(),
                  commit.getShortMessage(),
                  path));
        }
      }
    }
  }

  private static String printable(String text) {
    String cut = text.length() > 60 ? text.substring(0, 60) + "..." : text;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }
}
