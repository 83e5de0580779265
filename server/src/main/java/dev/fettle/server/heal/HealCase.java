package dev.fettle.server.heal;

import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.HealRequest;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.source.snippet.FailingStatement;

/**
 * A failing statement that a snippet is wanted for.
 *
 * @param frame the failing one, as its agent told
 * @param statement the same in the source of the revision that runs
 * @param tree that revision
 * @param request what healers are told
 */
record HealCase(
    CapturedFrame frame,
    FailingStatement statement,
    SourceTree tree,
    ProjectModel project,
    HealRequest request) {

  /** {@code a.b.C.method:line}. */
  String site() {
    return frame.className() + "." + frame.method() + ":" + frame.line();
  }

  /** Class of the throwable. */
  String exception() {
    return request.incident().exception().type();
  }
}
