package dev.fettle.checkout;

import dev.fettle.contract.model.CommitRef;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.blame.BlameGenerator;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;

/** Asks who last touched lines, no further back than needed. */
final class Blame {
  private final Repository repository;
  private final ObjectId revision;

  Blame(Repository repository, ObjectId revision) {
    this.repository = repository;
    this.revision = revision;
  }

  /**
   * Commits of the lines.
   *
   * @param first 1-based
   * @param last inclusive
   */
  List<CommitRef> lines(String path, int first, int last) throws IOException {
    Map<String, CommitRef> commits = new LinkedHashMap<>();
    try (BlameGenerator generator = new BlameGenerator(repository, path)) {
      generator.setFollowFileRenames(false);
      if (generator.push(null, revision) == null) {
        return List.of();
      }
      int missing = last - first + 1;
      while (missing > 0 && generator.next()) {
        int from = Math.max(first - 1, generator.getResultStart());
        int until = Math.min(last, generator.getResultEnd());
        if (from < until) {
          missing -= until - from;
          RevCommit commit = generator.getSourceCommit();
          commits.computeIfAbsent(commit.name(), name -> reference(commit, path));
        }
      }
    }
    return List.copyOf(commits.values());
  }

  private static CommitRef reference(RevCommit commit, String path) {
    PersonIdent author = commit.getAuthorIdent();
    return new CommitRef(
        commit.name(), author.getName(), author.getWhenAsInstant(), commit.getShortMessage(), path);
  }
}
