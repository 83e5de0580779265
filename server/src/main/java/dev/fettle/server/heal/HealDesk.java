package dev.fettle.server.heal;

import dev.fettle.contract.model.Admission;
import dev.fettle.contract.model.HealPolicy;
import dev.fettle.contract.model.HealRecord;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.Signal;
import dev.fettle.intake.agent.AgentEndpoint;
import dev.fettle.intake.agent.FittingRemedies;
import dev.fettle.intake.agent.HealSink;
import dev.fettle.store.Heals;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps heals with their incidents, tells agents what is allowed, and takes what people say about a
 * site. Thread-safe.
 */
public final class HealDesk implements HealSink {
  private static final Pattern SITE = Pattern.compile("[\\w.$<>]{3,500}:\\d{1,7}");
  private static final String SNIPPET = "snippet:";
  private static final Logger log = LoggerFactory.getLogger(HealDesk.class);

  private final Heals heals;
  private final AgentEndpoint agents;
  private final HealPolicy policy;
  private final Function<Signal, Admission> pipeline;
  private final HealRoad road;
  private final Function<IncidentId, Optional<String>> causes;

  /**
   * @param policy the server's ceiling
   * @param pipeline takes the failure behind a heal as any other
   * @param road hears what becomes of snippets
   * @param causes the root cause of an incident that was diagnosed
   */
  public HealDesk(
      Heals heals,
      AgentEndpoint agents,
      HealPolicy policy,
      Function<Signal, Admission> pipeline,
      HealRoad road,
      Function<IncidentId, Optional<String>> causes) {
    this.heals = heals;
    this.agents = agents;
    this.policy = policy;
    this.pipeline = pipeline;
    this.road = road;
    this.causes = causes;
  }

  /** Begins to listen, and tells agents the rules. */
  public void open() {
    agents.healing(this);
    agents.rules(policy, heals.disabled());
  }

  @Override
  public void healed(HealRecord heal, Signal failure) {
    heals.save(incident(pipeline.apply(failure)).map(i -> heal.of(i.id())).orElse(heal));
  }

  private static Optional<Incident> incident(Admission admission) {
    if (admission instanceof Admission.Opened opened) {
      return Optional.of(opened.incident());
    }
    return admission instanceof Admission.Duplicate duplicate
        ? Optional.of(duplicate.incident())
        : Optional.empty();
  }

  @Override
  public void ended(String heal, HealRecord.Ending ending) {
    Optional<HealRecord> known = heals.heal(heal);
    known.ifPresent(h -> heals.save(h.ended(ending)));
    known.filter(h -> !ending.good()).ifPresent(h -> road.harmed(order(h), ending.why()));
  }

  /** Ids of the orders that did harm, as it was told before this server started. */
  public static Set<String> harmful(Heals heals) {
    return heals.harmful(HealDesk::order);
  }

  /** What a server's order of this remedy at this place is called. */
  private static String order(HealRecord heal) {
    return heal.remedy().startsWith(SNIPPET)
        ? heal.remedy().substring(heal.remedy().lastIndexOf(':') + 1)
        : Choice.Remedy.id(heal.site(), heal.exception(), heal.remedy());
  }

  @Override
  public void fit(FittingRemedies remedies) {
    road.fit(remedies);
  }

  @Override
  public void snippet(String instance, String snippet, String refusal) {
    road.answered(instance, snippet, refusal);
    if (refusal.isEmpty()) {
      log.info("order {} is in place in {}", snippet, instance);
    } else {
      log.warn("order {} was refused by {}: {}", snippet, instance, refusal);
    }
  }

  /** Latest first; of one site unless it is blank. */
  public List<HealView> list(String site, int limit) {
    List<HealRecord> found = site.isBlank() ? heals.latest(limit) : heals.at(site, limit);
    return found.stream().map(this::view).toList();
  }

  private HealView view(HealRecord heal) {
    return HealView.of(heal, heal.incident().flatMap(causes));
  }

  /** Of one incident, latest first. */
  public List<HealView> of(IncidentId incident) {
    return heals.of(incident, 20).stream().map(this::view).toList();
  }

  /** Sites that are switched off. */
  public Set<String> disabled() {
    return heals.disabled();
  }

  /** What was sought for failing places, latest first. */
  public List<Prescription> prescriptions() {
    return road.prescriptions();
  }

  /** What the server allows. */
  public HealPolicy policy() {
    return policy;
  }

  /** Whether it has the form of a site. */
  public static boolean isSite(String text) {
    return SITE.matcher(text).matches();
  }

  /** Switches a site off or on again, here and in every agent; says whether it is known. */
  public boolean disable(String site, boolean off) {
    boolean known = !heals.at(site, 1).isEmpty() || heals.disabled().contains(site);
    heals.disable(site, off);
    agents.rules(policy, heals.disabled());
    return known;
  }
}
