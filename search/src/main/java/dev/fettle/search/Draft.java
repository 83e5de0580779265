package dev.fettle.search;

import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.List;

/** Collects what operators propose for a site. */
final class Draft {
  /** Ends the name of an operator that used what another generator suggested. */
  static final String SUGGESTED = "/suggested";

  private final Site site;
  private final OperatorPrior prior;
  private final List<Proposal> proposals = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();

  Draft(Site site, OperatorPrior prior) {
    this.site = site;
    this.prior = prior;
  }

  /** Places whose conditions are to be found from values. */
  List<Place> places() {
    return places;
  }

  List<Proposal> proposals() {
    return proposals;
  }

  /** Replaces the site's tree. */
  void replace(String operator, double extra, String text) {
    replace(operator, extra, site.tree(), text);
  }

  /** Replaces the site's tree by what another generator suggested. */
  void suggested(String operator, double extra, String text) {
    int from = proposals.size();
    replace(operator, extra, text);
    for (int i = from; i < proposals.size(); i++) {
      Proposal p = proposals.get(i);
      proposals.set(
          i, new Proposal(p.path(), p.edits(), p.operator() + SUGGESTED, p.cost(), p.host()));
    }
  }

  void replace(String operator, double extra, Tree tree, String text) {
    span(operator, extra, site.file().start(tree), site.file().end(tree), text);
  }

  void span(String operator, double extra, int start, int end, String text) {
    String before = site.unit().text();
    if (start >= 0 && end >= start && !before.substring(start, end).equals(text)) {
      edits(operator, extra, List.of(new Edit(start, end, text)));
    }
  }

  void insert(String operator, double extra, int at, String text) {
    edits(operator, extra, List.of(new Edit(at, at, text)));
  }

  /**
   * Several edits at once.
   *
   * @param extra added to the operator's cost: at least 0, larger for larger or odder changes
   */
  void edits(String operator, double extra, List<Edit> edits) {
    String name = site.suggested().isEmpty() ? operator : operator + SUGGESTED;
    proposals.add(
        new Proposal(
            site.file().path(),
            edits,
            name,
            site.cost() + prior.cost(operator) + extra,
            Host.of(site, edits)));
  }

  /**
   * Asks for a condition.
   *
   * @param extra added to the operator's cost, at least 0
   */
  void place(String operator, double extra, Place.Form form, Edit span, String code) {
    places.add(
        new Place(site, form, operator, span, code, site.cost() + prior.cost(operator) + extra));
  }
}
