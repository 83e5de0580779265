package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.Chooser;
import dev.fettle.agent.heal.Failure;
import dev.fettle.agent.heal.SiteFacts;
import dev.fettle.agent.heal.Treatment;
import java.util.ArrayList;
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
  private static final int MOST = 10_000;

  private final Prior prior;
  private final Experience experience;
  private final double threshold;
  private final @Nullable String forced;
  private final HealJournal journal;
  private final Runnable save;
  private final Map<String, Decided> decided = new ConcurrentHashMap<>();

  private record Decided(List<String> contexts, RankedTreatment treatment) {}

  /**
   * @param threshold least confidence that acts, 0 to 1
   * @param forced the remedy to prefer wherever it fits; null for none
   * @param save asks for the experience to be written, soon and elsewhere
   */
  TypedChooser(
      Prior prior,
      Experience experience,
      double threshold,
      @Nullable String forced,
      HealJournal journal,
      Runnable save) {
    this.prior = prior;
    this.experience = experience;
    this.threshold = threshold;
    this.forced = forced;
    this.journal = journal;
    this.save = save;
  }

  @Override
  public @Nullable Treatment choose(Failure failure) {
    Scene scene = new Scene(failure);
    if (scene.isThrownToBeTriedAgain()) {
      return null;
    }
    List<String> contexts = scene.contexts();
    String site = failure.site().id();
    List<Ranked> ranking = new ArrayList<>();
    for (Remedy remedy : Remedy.all()) {
      String name = remedy.name();
      if (!failure.impossible().contains(name) && !experience.isBanned(site, name)) {
        Plan plan = remedy.plan(scene);
        if (plan != null) {
          double confidence = prior.confidence(contexts, name, experience);
          ranking.add(new Ranked(remedy, plan, name.equals(forced) ? 1 : confidence));
        }
      }
    }
    // stable: the milder of equals stays first
    ranking.sort((a, b) -> Double.compare(b.confidence(), a.confidence()));
    List<Ranked> acceptable =
        ranking.stream().filter(ranked -> ranked.confidence() >= threshold).toList();
    journal.decided(
        site,
        contexts,
        ranking,
        acceptable.isEmpty() ? "escalate" : acceptable.get(0).remedy().name());
    if (acceptable.isEmpty()) {
      return null;
    }
    RankedTreatment treatment = new RankedTreatment(acceptable);
    if (decided.size() < MOST) {
      decided.put(site + " " + treatment.name(), new Decided(contexts, treatment));
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
