package dev.fettle.contract.model;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What may be healed, and how.
 *
 * @param mode at most this
 * @param packages packages, classes ({@code a.B}) or methods ({@code a.B.c}) that may be healed;
 *     empty for all of the application
 * @param never the same, for what is left alone; wins
 * @param behaviors what a snippet may do
 * @param inTransaction what happens inside an active transaction
 */
public record HealPolicy(
    HealMode mode,
    List<String> packages,
    Set<String> never,
    Set<HealBehavior> behaviors,
    InTransaction inTransaction) {

  private static final String NOTHING = "-";

  /** What happens inside an active transaction. Ordered from least to most. */
  public enum InTransaction {
    REFUSE,
    /** The transaction is marked and the boundary's call fails with the original exception. */
    ROLLBACK,
    ALLOW
  }

  public HealPolicy {
    packages = List.copyOf(packages);
    never = Set.copyOf(never);
    behaviors = Set.copyOf(behaviors);
  }

  /** Observes everything, heals nothing. */
  public static HealPolicy defaults() {
    return of(HealMode.OBSERVE);
  }

  /** The defaults with another mode. */
  public static HealPolicy of(HealMode mode) {
    return new HealPolicy(mode, List.of(), Set.of(), HealBehavior.defaults(), InTransaction.REFUSE);
  }

  /** The same with another mode. */
  public HealPolicy with(HealMode other) {
    return new HealPolicy(other, packages, never, behaviors, inTransaction);
  }

  /** The same with other behaviors. */
  public HealPolicy with(Set<HealBehavior> others) {
    return new HealPolicy(mode, packages, never, others, inTransaction);
  }

  /** This policy, nowhere freer than {@code ceiling}. */
  public HealPolicy under(HealPolicy ceiling) {
    Set<String> nowhere = new TreeSet<>(never);
    nowhere.addAll(ceiling.never);
    Set<HealBehavior> both = new TreeSet<>(behaviors);
    both.retainAll(ceiling.behaviors);
    return new HealPolicy(
        mode.min(ceiling.mode),
        narrowed(ceiling.packages),
        nowhere,
        both,
        inTransaction.compareTo(ceiling.inTransaction) <= 0
            ? inTransaction
            : ceiling.inTransaction);
  }

  /** What lies in a part named here and in a part named there. */
  private List<String> narrowed(List<String> outer) {
    if (packages.isEmpty() || outer.isEmpty()) {
      return packages.isEmpty() ? outer : packages;
    }
    Set<String> kept = new TreeSet<>();
    for (String mine : packages) {
      for (String theirs : outer) {
        if (isIn(mine, theirs)) {
          kept.add(mine);
        } else if (isIn(theirs, mine)) {
          kept.add(theirs);
        }
      }
    }
    // an empty list would mean everything
    return kept.isEmpty() ? List.of(NOTHING) : List.copyOf(kept);
  }

  /** Whether a method may be healed at all. */
  public boolean covers(String className, String method) {
    String name = className + "." + method;
    return mode.allows(HealMode.TYPED)
        && never.stream().noneMatch(n -> isIn(name, n))
        && (packages.isEmpty() || packages.stream().anyMatch(p -> isIn(name, p)));
  }

  private static boolean isIn(String name, String part) {
    return name.equals(part)
        || (name.startsWith(part)
            && (name.charAt(part.length()) == '.' || name.charAt(part.length()) == '$'));
  }
}
