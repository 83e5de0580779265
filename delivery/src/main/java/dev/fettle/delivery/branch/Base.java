package dev.fettle.delivery.branch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/**
 * The commit that a repair branch starts from.
 *
 * @param snapshot whether the failing revision was a work tree with changes, so that the patch was
 *     made for a text that may differ from the commit's
 */
record Base(RevCommit commit, boolean snapshot) {

  /**
   * The failing revision when a reference reaches it. Else it is a snapshot, which must never
   * become history: then what it was taken from.
   *
   * @return null when the repository has neither
   */
  static @Nullable Base of(Repository repository, RevWalk walk, String revision)
      throws IOException {
    ObjectId failing = ObjectId.isId(revision) ? ObjectId.fromString(revision) : null;
    if (failing != null && repository.getObjectDatabase().has(failing)) {
      RevCommit commit = walk.parseCommit(failing);
      if (walk.isMergedIntoAny(commit, tips(repository))) {
        return new Base(commit, false);
      }
      if (commit.getParentCount() > 0) {
        return new Base(walk.parseCommit(commit.getParent(0)), true);
      }
    }
    ObjectId head = repository.resolve(Constants.HEAD);
    return head == null ? null : new Base(walk.parseCommit(head), true);
  }

  private static List<Ref> tips(Repository repository) throws IOException {
    List<Ref> tips = new ArrayList<>();
    for (Ref ref : repository.getRefDatabase().getRefs()) {
      Ref peeled = repository.getRefDatabase().peel(ref);
      ObjectId target = peeled.getPeeledObjectId();
      if (target == null) {
        target = peeled.getObjectId();
      }
      if (target != null) {
        tips.add(new ObjectIdRef.PeeledNonTag(Ref.Storage.LOOSE, ref.getName(), target));
      }
    }
    return tips;
  }
}
