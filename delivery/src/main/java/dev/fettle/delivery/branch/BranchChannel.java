package dev.fettle.delivery.branch;

import dev.fettle.contract.model.Delivery;
import dev.fettle.contract.model.DeliveryId;
import dev.fettle.contract.model.DeliveryResult;
import dev.fettle.contract.model.DeliveryResult.Delivered;
import dev.fettle.contract.model.DeliveryResult.Undelivered;
import dev.fettle.contract.model.DeliveryResult.Withheld;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.Plausible;
import dev.fettle.contract.model.Withdrawal;
import dev.fettle.contract.spi.DeliveryChannel;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.delivery.change.ChangeSet;
import dev.fettle.delivery.change.ChangeSet.Assembly;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Commits the patch and its test to a branch of their own, by inserting objects and creating one
 * reference: work tree, index, HEAD and every other reference stay as they are, nothing is pushed,
 * no hook runs. The branch name comes from the fingerprint and is the idempotency key.
 */
public final class BranchChannel implements DeliveryChannel {
  private static final String NAME = "branch";

  private final Path repository;
  private final Identity identity;
  private final Clock clock;

  /**
   * @param repository a directory of it: bare, work tree or linked work tree
   * @param identity author and committer
   */
  public BranchChannel(Path repository, Identity identity, Clock clock) {
    this.repository = repository;
    this.identity = identity;
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public DeliveryResult deliver(Plausible plausible, RepairCase repairCase) {
    Assembly assembly = ChangeSet.of(plausible, repairCase.tree());
    if (assembly instanceof Assembly.Forbidden forbidden) {
      return new Withheld(NAME, forbidden.rule());
    }
    if (assembly instanceof Assembly.Unfit unfit) {
      return new Undelivered(NAME, unfit.reason());
    }
    ChangeSet changes = ((Assembly.Assembled) assembly).changes();
    try (Repository opened = Branches.open(repository);
        RevWalk walk = new RevWalk(opened)) {
      Branches branches = new Branches(opened, identity);
      Base base = Base.of(opened, walk, repairCase.tree().revision());
      if (base == null) {
        return new Undelivered(NAME, "the repository has no commit to start a branch from");
      }
      Optional<Branches.Existing> existing = branches.of(repairCase.incident(), walk);
      if (existing.isPresent()) {
        return alreadyThere(existing.get(), base, repairCase.incident());
      }
      return commit(opened, walk, branches, base, changes, plausible, repairCase);
    } catch (PatchedTree.Unfit unfit) {
      return new Undelivered(NAME, String.valueOf(unfit.getMessage()));
    } catch (IOException e) {
      return new Undelivered(NAME, "git repository: " + e.getMessage());
    }
  }

  @Override
  public Withdrawal withdraw(Delivery delivery, String reason) {
    String branch = delivery.reference();
    try (Repository opened = Branches.open(repository);
        RevWalk walk = new RevWalk(opened)) {
      Branches branches = new Branches(opened, identity);
      Optional<Branches.Existing> existing = branches.named(branch, walk);
      if (existing.isEmpty()) {
        return new Withdrawal.Undone("branch " + branch + " was gone already; nothing to delete");
      }
      RevCommit ours = existing.get().ours();
      if (ours == null || !Message.isOf(ours, delivery.id())) {
        return new Withdrawal.Stands(
            "branch " + branch + " is not of this delivery; it was left alone");
      }
      if (!ours.equals(existing.get().tip())) {
        return new Withdrawal.Stands(
            "branch " + branch + " has commits on top of the repair; it was left alone");
      }
      Optional<String> obstacle = branches.delete(branch, ours);
      return obstacle.isPresent()
          ? new Withdrawal.Stands("branch " + branch + " was left alone: " + obstacle.get())
          : new Withdrawal.Undone(
              "deleted branch " + branch + " (was " + ours.abbreviate(10).name() + ")");
    } catch (IOException e) {
      return new Withdrawal.Stands("branch " + branch + " could not be deleted: " + e.getMessage());
    }
  }

  private DeliveryResult commit(
      Repository opened,
      RevWalk walk,
      Branches branches,
      Base base,
      ChangeSet changes,
      Plausible plausible,
      RepairCase repairCase)
      throws IOException, PatchedTree.Unfit {
    String branch = Branches.nameFor(repairCase.incident());
    ObjectId id;
    try (ObjectInserter inserter = opened.newObjectInserter()) {
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(
          new PatchedTree(opened, base).write(changes.files(), walk.getObjectReader(), inserter));
      if (commit.getTreeId().equals(base.commit().getTree())) {
        return new Undelivered(NAME, "the base commit has this change already");
      }
      commit.setParentId(base.commit());
      PersonIdent author = identity.at(clock.instant());
      commit.setAuthor(author);
      commit.setCommitter(author);
      commit.setMessage(new Message(plausible, repairCase, base, branch).text());
      id = inserter.insert(commit);
      inserter.flush();
    }
    Optional<String> obstacle = branches.create(branch, id);
    if (obstacle.isEmpty()) {
      return delivered(branch, repairCase.incident());
    }
    Optional<Branches.Existing> rival = branches.of(repairCase.incident(), walk);
    return rival.isPresent()
        ? alreadyThere(rival.get(), base, repairCase.incident())
        : new Undelivered(NAME, obstacle.get());
  }

  private DeliveryResult alreadyThere(Branches.Existing existing, Base base, Incident incident) {
    RevCommit ours = existing.ours();
    if (ours == null) {
      return new Undelivered(
          NAME, "branch " + existing.name() + " exists and is not Fettle's; it was left alone");
    }
    if (ours.getParentCount() != 1 || !ours.getParent(0).equals(base.commit())) {
      return new Undelivered(
          NAME,
          "branch "
              + existing.name()
              + " holds the repair of another revision; merge or delete it first");
    }
    return delivered(existing.name(), incident);
  }

  private DeliveryResult delivered(String branch, Incident incident) {
    return new Delivered(
        new Delivery(
            DeliveryId.of(incident.id(), NAME), incident.id(), NAME, branch, clock.instant()));
  }
}
