package dev.fettle.checkout;

import dev.fettle.contract.model.CommitRef;
import dev.fettle.contract.model.SourcePlace;
import dev.fettle.contract.spi.Revisions;
import dev.fettle.contract.spi.SourceTree;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Finds revisions in one git repository, bare, shallow or with a work tree.
 *
 * <p>The repository is only read: the unreferenced commit of a dirty work tree is kept in the data
 * directory. Nothing that a repository configures is run: no hook, filter or monitor. Thread-safe.
 */
public final class GitRevisions implements Revisions {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{4,40}");

  private final Path given;
  private final Path objects;
  private final Export export;
  private final Map<String, SourceTree> exported =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SourceTree> eldest) {
          return size() > Export.KEPT;
        }
      };

  /**
   * @param repository a work tree, a directory in one, or a bare repository
   * @param trees where trees are exported to, and snapshots kept; created when absent
   */
  public GitRevisions(Path repository, Path trees) {
    this.given = repository.toAbsolutePath().normalize();
    this.objects = trees.toAbsolutePath().normalize().resolve(".objects");
    this.export = new Export(trees.toAbsolutePath().normalize());
  }

  @Override
  public Checkout checkout(@Nullable String revision) {
    if (!Files.isDirectory(given)) {
      return new Checkout.Missing("no such directory: " + given + "; expected a git repository");
    }
    try (Repository repository = open()) {
      return revision == null ? current(repository) : named(repository, revision);
    } catch (RepositoryNotFoundException e) {
      return new Checkout.Missing(
          given + " is not a git repository; expected a checkout with .git or a bare repository");
    } catch (MissingObjectException e) {
      return new Checkout.Missing(
          "the repository " + given + " lacks object " + e.getObjectId().name() + "; fetch it");
    } catch (IOException e) {
      return new Checkout.Missing("the repository " + given + " cannot be read: " + e);
    }
  }

  @Override
  public List<CommitRef> lastTouched(SourceTree tree, List<SourcePlace> places, int limit) {
    try (Repository repository = open()) {
      Blame blame = new Blame(repository, ObjectId.fromString(tree.revision()));
      Map<String, CommitRef> found = new TreeMap<>();
      for (SourcePlace place : places) {
        int last = place.line() + breaks(tree, place);
        for (CommitRef commit : blame.lines(place.path(), place.line(), last)) {
          found.putIfAbsent(commit.revision(), commit);
        }
      }
      return found.values().stream()
          .sorted(Comparator.comparing(CommitRef::at).reversed())
          .limit(limit)
          .toList();
    } catch (IOException e) {
      return List.of(); // shallow or damaged history: a diagnosis does without
    }
  }

  private Checkout current(Repository repository) throws IOException {
    ObjectId head = repository.resolve(Constants.HEAD);
    if (head == null) {
      return new Checkout.Missing(given + " has no commit yet; expected at least one");
    }
    try (RevWalk walk = new RevWalk(repository)) {
      RevCommit commit = walk.parseCommit(head);
      if (repository.isBare()) {
        return found(repository, commit, "");
      }
      Snapshot snapshot = new Snapshot(repository, commit);
      ObjectId taken = snapshot.take();
      String note =
          taken.equals(head)
              ? ""
              : "work tree with "
                  + snapshot.changed().size()
                  + " uncommitted changes on top of "
                  + head.name().substring(0, 10);
      String large =
          snapshot.tooLarge().isEmpty()
              ? ""
              : (note.isEmpty() ? "" : "; ")
                  + "without the changes of files of more than 50 MB: "
                  + printable(String.join(", ", snapshot.tooLarge()));
      return found(repository, walk.parseCommit(taken), note + large);
    }
  }

  private Checkout named(Repository repository, String revision) throws IOException {
    String id = revision.strip().toLowerCase(Locale.ROOT);
    if (!ID.matcher(id).matches()) {
      return new Checkout.Missing(
          "not a commit id: " + printable(revision) + "; expected 4 to 40 hexadecimal digits");
    }
    try (RevWalk walk = new RevWalk(repository);
        ObjectReader reader = repository.newObjectReader()) {
      List<RevCommit> commits = commits(reader.resolve(AbbreviatedObjectId.fromString(id)), walk);
      if (commits.size() > 1) {
        return new Checkout.Missing("commit id " + id + " is ambiguous in " + given);
      }
      if (commits.isEmpty()) {
        return new Checkout.Missing(
            "revision " + id + " is not in " + given + "; fetch it, or run a build of it");
      }
      return found(repository, commits.get(0), "");
    }
  }

  private static List<RevCommit> commits(Collection<ObjectId> ids, RevWalk walk)
      throws IOException {
    List<RevCommit> commits = new ArrayList<>();
    for (ObjectId id : ids) {
      if (walk.getObjectReader().has(id) && walk.parseAny(id).getType() == Constants.OBJ_COMMIT) {
        commits.add(walk.parseCommit(id));
      }
    }
    return commits;
  }

  private Checkout found(Repository repository, RevCommit commit, String note) throws IOException {
    synchronized (exported) {
      SourceTree known = exported.get(commit.name());
      if (known == null || !export.stands(known.root())) {
        try (ObjectReader reader = repository.newObjectReader()) {
          known = ExportedTree.of(commit.name(), given, export.of(commit, reader));
        }
        exported.put(commit.name(), known);
      }
      return new Checkout.Found(known, note);
    }
  }

  /** With an object database of our own in front, so that nothing is written to theirs. */
  private Repository open() throws IOException {
    FileRepositoryBuilder builder = new FileRepositoryBuilder();
    if (Files.isRegularFile(given.resolve("HEAD")) && Files.isDirectory(given.resolve("objects"))) {
      builder.setGitDir(given.toFile()).setBare();
    } else {
      builder.findGitDir(given.toFile());
    }
    if (builder.getGitDir() == null) {
      throw new RepositoryNotFoundException(given.toFile());
    }
    builder.setMustExist(true).setup();
    File theirs = builder.getObjectDirectory();
    Files.createDirectories(objects);
    return builder.setObjectDirectory(objects.toFile()).addAlternateObjectDirectory(theirs).build();
  }

  private static int breaks(SourceTree tree, SourcePlace place) {
    String text = tree.text(place.path()).orElse("");
    return place.end() > text.length()
        ? 0
        : (int) text.substring(place.start(), place.end()).chars().filter(c -> c == '\n').count();
  }

  private static String printable(String revision) {
    String cut = revision.length() > 60 ? revision.substring(0, 60) + "..." : revision;
    return cut.replaceAll("[^\\p{Graph} ]", "?");
  }
}
