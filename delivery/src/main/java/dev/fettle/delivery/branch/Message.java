package dev.fettle.delivery.branch;

import dev.fettle.contract.model.DeliveryId;
import dev.fettle.contract.model.Plausible;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.delivery.change.Account;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * The message of a repair commit. Its trailers say whose commit it is: {@link #INCIDENT} names the
 * incident, {@link #DELIVERY} the delivery.
 */
record Message(Plausible plausible, RepairCase repairCase, Base base, String branch) {
  static final String INCIDENT = "Fettle-Incident";
  static final String DELIVERY = "Fettle-Delivery";

  /** Whether {@code commit} says that it is of that delivery. */
  static boolean isOf(RevCommit commit, DeliveryId delivery) {
    return commit.getFooterLines(DELIVERY).contains(delivery.value());
  }

  String text() {
    Account account = new Account(plausible, repairCase);
    StringBuilder out = new StringBuilder();
    out.append(account.subject()).append("\n\n");
    account.body().forEach(line -> out.append(line).append('\n'));
    if (base.snapshot()) {
      out.append("\nMade for a work tree with uncommitted changes; this commit holds\n");
      out.append("the repair alone.\n");
    }
    out.append("\nHow to undo it:\n");
    out.append("  before a merge:  git branch -D ").append(branch).append('\n');
    out.append("  after a merge:   git revert <this commit>\n");
    out.append("\n");
    out.append(INCIDENT).append(": ").append(repairCase.incident().id()).append('\n');
    out.append(DELIVERY).append(": ");
    out.append(DeliveryId.of(repairCase.incident().id(), "branch")).append('\n');
    return out.toString();
  }
}
