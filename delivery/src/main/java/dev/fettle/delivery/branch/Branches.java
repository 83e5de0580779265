package dev.fettle.delivery.branch;

import dev.fettle.contract.model.Incident;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/** Fettle's branches of one repository. Creates and deletes by compare-and-swap, moves none. */
final class Branches {
  private static final String PREFIX = "fettle/";
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{12,}");
  private static final int NAME_DIGITS = 12;
  private static final int DEPTH = 50;

  private final Repository repository;
  private final Identity identity;

  Branches(Repository repository, Identity identity) {
    this.repository = repository;
    this.identity = identity;
  }

  /**
   * A branch of Fettle's name.
   *
   * @param tip where it points
   * @param ours the repair commit on it; null when it holds none, so that it is someone else's
   */
  record Existing(String name, RevCommit tip, @Nullable RevCommit ours) {}

  /** Opens the repository around {@code directory}; the environment has no say in which. */
  static Repository open(Path directory) throws IOException {
    FileRepositoryBuilder builder = new FileRepositoryBuilder().setMustExist(true);
    builder.findGitDir(directory.toFile());
    if (builder.getGitDir() == null) {
      throw new IOException(directory + " is not in a git repository");
    }
    return builder.build();
  }

  /** The name for an incident's repair: the same for each incident of the same fingerprint. */
  static String nameFor(Incident incident) {
    return nameFor(incident, incident.fingerprint().primary());
  }

  private static String nameFor(Incident incident, String hash) {
    return PREFIX
        + (HASH.matcher(hash).matches() ? hash.substring(0, NAME_DIGITS) : incident.id().value());
  }

  /** The branch of the incident under any of its hashes, most specific first. */
  Optional<Existing> of(Incident incident, RevWalk walk) throws IOException {
    for (String hash : incident.fingerprint().hashes()) {
      Optional<Existing> existing = named(nameFor(incident, hash), walk);
      if (existing.isPresent()) {
        return existing;
      }
    }
    return Optional.empty();
  }

  /** The branch of that name. */
  Optional<Existing> named(String name, RevWalk walk) throws IOException {
    Ref ref = repository.exactRef(Constants.R_HEADS + name);
    if (ref == null || ref.getObjectId() == null) {
      return Optional.empty();
    }
    RevCommit tip = walk.parseCommit(ref.getObjectId());
    RevCommit ours = tip;
    for (int depth = 0; depth < DEPTH && !isOurs(ours); depth++) {
      if (ours.getParentCount() == 0) {
        return Optional.of(new Existing(name, tip, null));
      }
      ours = walk.parseCommit(ours.getParent(0));
    }
    if (!isOurs(ours)) {
      return Optional.of(new Existing(name, tip, null));
    }
    walk.parseHeaders(ours);
    return Optional.of(new Existing(name, tip, ours));
  }

  private boolean isOurs(RevCommit commit) {
    return identity.is(commit.getCommitterIdent())
        && !commit.getFooterLines(Message.DELIVERY).isEmpty();
  }

  /** Creates the branch; returns what is in the way, in words, when it cannot. */
  Optional<String> create(String name, ObjectId commit) throws IOException {
    String full = Constants.R_HEADS + name;
    if (repository.getRefDatabase().isNameConflicting(full)) {
      return Optional.of("a branch is in the way of the name " + name);
    }
    RefUpdate update = repository.updateRef(full);
    update.setExpectedOldObjectId(ObjectId.zeroId());
    update.setNewObjectId(commit);
    update.setRefLogMessage("fettle: repair", false);
    RefUpdate.Result result = update.update();
    return result == RefUpdate.Result.NEW
        ? Optional.empty()
        : Optional.of("git would not create branch " + name + ": " + result);
  }

  /** Deletes the branch if it still points to {@code tip}; returns why not, in words, else. */
  Optional<String> delete(String name, ObjectId tip) throws IOException {
    String full = Constants.R_HEADS + name;
    Optional<Path> user = checkedOutBy(full);
    if (user.isPresent()) {
      return Optional.of("it is checked out (" + user.get() + ")");
    }
    RefUpdate update = repository.updateRef(full);
    update.setExpectedOldObjectId(tip);
    update.setForceUpdate(true); // Deletes an unmerged branch; the expected id still must match.
    RefUpdate.Result result = update.delete();
    return result == RefUpdate.Result.FORCED
        ? Optional.empty()
        : Optional.of("git would not delete it: " + result);
  }

  /** The HEAD file that names the branch, of the main or any linked work tree. */
  private Optional<Path> checkedOutBy(String full) throws IOException {
    File common = repository.getCommonDirectory();
    Path main = (common == null ? repository.getDirectory() : common).toPath();
    if (names(main.resolve(Constants.HEAD), full)) {
      return Optional.of(main.resolve(Constants.HEAD));
    }
    Path linked = main.resolve("worktrees");
    if (!Files.isDirectory(linked)) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> trees = Files.newDirectoryStream(linked)) {
      for (Path tree : trees) {
        if (names(tree.resolve(Constants.HEAD), full)) {
          return Optional.of(tree.resolve(Constants.HEAD));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean names(Path head, String full) throws IOException {
    return Files.isRegularFile(head) && List.of("ref: " + full).equals(Files.readAllLines(head));
  }
}
