package dev.fettle.search;

/** Operators that look at the same trees. */
interface Family {
  /** A lower bound of what its operators cost at any site. */
  double least(OperatorPrior prior);

  /** Proposes changes of a site; nothing when the tree is not of its kind. */
  void propose(Site site, Draft draft);
}
