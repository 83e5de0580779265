package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.Chooser;
import dev.fettle.agent.heal.Failure;
import dev.fettle.agent.heal.Fitting;
import dev.fettle.agent.heal.SiteFacts;
import dev.fettle.agent.heal.Treatment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Ranks the remedies that fit by how often they were right in alike failures, and takes the best
 * when that is often enough. A contextual bandit without exploration: production is no place to
 * try. Thread-safe.
 */
final class TypedChooser implements Chooser {
  /** What leaving a failure to the caller's statement is called. */
  static final String ESCALATE = "escalate";

  private static final int MOST = 10_000;
  private static final Comparator<Ranked> BEST_FIRST =
      Comparator.comparingDouble(Ranked::confidence).reversed();

  private final Prior prior;
  private final Experience experience;
  private final double threshold;
  private final @Nullable String forced;
  private final HealJournal journal;
  private final Runnable save;
  private final Fitting fitting;
  private final Map<String, Decided> decided = new ConcurrentHashMap<>();

  private record Decided(List<String> contexts, RankedTreatment treatment) {}

  /**
   * @param threshold least confidence that acts, 0 to 1
   * @param forced the remedy to prefer wherever it fits; null for none
   * @param save asks for the experience to be written, soon and elsewhere
   * @param fitting hears what fits
   */
  TypedChooser(
      Prior prior,
      Experience experience,
      double threshold,
      @Nullable String forced,
      HealJournal journal,
      Runnable save,
      Fitting fitting) {
    this.prior = prior;
    this.experience = experience;
    this.threshold = threshold;
    this.forced = forced;
    this.journal = journal;
    this.save = save;
    this.fitting = fitting;
  }

  @Override
  public @Nullable Treatment choose(Failure failure) {
    Scene scene = new Scene(failure);
    if (scene.isThrownToBeTriedAgain() || scene.isOfEnum()) {
      return null;
    }
    List<String> contexts = scene.contexts();
    String site = failure.site().id();
    List<Ranked> ranking = ranking(failure, scene, contexts);
    if (failure.attempt() == 0) {
      fitting.fit(failure, ranking.stream().map(r -> r.remedy().name()).toList());
    }
    List<Ranked> acceptable =
        ranking.stream().filter(ranked -> ranked.confidence() >= threshold).toList();
    double escalating = escalating(failure, contexts);
    boolean above = !acceptable.isEmpty() && escalating > acceptable.get(0).confidence();
    journal.decided(
        site,
        contexts,
        ranking,
        escalating > 0,
        acceptable.isEmpty() || above ? ESCALATE : acceptable.get(0).remedy().name());
    if (acceptable.isEmpty()) {
      return null;
    }
    return remembered(failure, scene, withLater(failure, scene, contexts, acceptable), above);
  }

  /**
   * How likely it is right to leave a failure to the statement of a caller; 0 when none can be
   * healed.
   */
  private double escalating(Failure failure, List<String> contexts) {
    if (!failure.isHealableAbove() || failure.impossible().contains(ESCALATE)) {
      return 0;
    }
    return ESCALATE.equals(forced) ? 1 : prior.confidence(contexts, ESCALATE, experience);
  }

  /** With what may fit failures to come, whose values are others. */
  private List<Ranked> withLater(
      Failure failure, Scene scene, List<String> contexts, List<Ranked> acceptable) {
    List<Ranked> all = new ArrayList<>(acceptable);
    for (Remedy remedy : Remedy.all()) {
      Plan plan = remedy.later(scene);
      Ranked ranked = plan == null ? null : ranked(failure, contexts, remedy, plan);
      boolean fitsNow = acceptable.stream().anyMatch(known -> known.remedy().equals(remedy));
      if (ranked != null && !fitsNow && ranked.confidence() >= threshold) {
        all.add(ranked);
      }
    }
    all.sort(BEST_FIRST);
    return all;
  }

  private List<Ranked> ranking(Failure failure, Scene scene, List<String> contexts) {
    List<Ranked> ranking = new ArrayList<>();
    for (Remedy remedy : Remedy.all()) {
      Ranked ranked = ranked(failure, scene, contexts, remedy);
      if (ranked != null) {
        ranking.add(ranked);
      }
    }
    // stable: the milder of equals stays first
    ranking.sort(BEST_FIRST);
    return ranking;
  }

  private @Nullable Ranked ranked(
      Failure failure, Scene scene, List<String> contexts, Remedy remedy) {
    Plan plan = remedy.plan(scene);
    return plan == null ? null : ranked(failure, contexts, remedy, plan);
  }

  private @Nullable Ranked ranked(
      Failure failure, List<String> contexts, Remedy remedy, Plan plan) {
    String name = remedy.name();
    if (failure.impossible().contains(name) || experience.isBanned(failure.site().id(), name)) {
      return null;
    }
    Prior.Counted counted = prior.counted(contexts, name, experience);
    return new Ranked(
        remedy, plan, name.equals(forced) ? 1 : counted.confidence(), counted::evidence);
  }

  @Override
  public List<String> fitting(Failure failure) {
    Scene scene = new Scene(failure);
    return scene.isThrownToBeTriedAgain()
        ? List.of()
        : ranking(failure, scene, scene.contexts()).stream().map(r -> r.remedy().name()).toList();
  }

  /** Whoever names it is sure enough: the threshold is not asked for, everything else is. */
  @Override
  public @Nullable Treatment named(Failure failure, String name) {
    Scene scene = new Scene(failure);
    List<String> contexts = scene.contexts();
    for (Remedy remedy : Remedy.all()) {
      if (remedy.name().equals(name) && !scene.isThrownToBeTriedAgain()) {
        Ranked ranked = ranked(failure, scene, contexts, remedy);
        return ranked == null ? null : remembered(failure, scene, List.of(ranked), false);
      }
    }
    return null;
  }

  private RankedTreatment remembered(
      Failure failure, Scene scene, List<Ranked> ranking, boolean above) {
    RankedTreatment treatment =
        new RankedTreatment(ranking, above, scene.maySpin(), System::nanoTime);
    Decided known = new Decided(scene.contexts(), treatment);
    for (Ranked each : ranking) {
      if (decided.size() < MOST) {
        decided.put(failure.site().id() + " " + each.remedy().name(), known);
      }
    }
    return treatment;
  }

  @Override
  public void outcome(SiteFacts site, String treatment, boolean good, String why) {
    Decided known = decided.get(site.id() + " " + treatment);
    experience.learn(site.id(), treatment, known == null ? List.of() : known.contexts(), good);
    if (!good && known != null) {
      known.treatment().retire();
    }
    save.run();
  }
}
