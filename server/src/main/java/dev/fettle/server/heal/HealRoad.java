package dev.fettle.server.heal;

import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.HealMode;
import dev.fettle.contract.model.HealPolicy;
import dev.fettle.contract.model.HealProposal;
import dev.fettle.contract.model.HealRequest;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.Signal;
import dev.fettle.contract.model.TrustTier;
import dev.fettle.contract.spi.Healer;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.intake.agent.FittingRemedies;
import dev.fettle.source.java.JavaProject;
import dev.fettle.source.snippet.FailingStatement;
import dev.fettle.vet.Vet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a prescription: a failure that policy allows healing for → the failing statement in
 * its source → healers propose → a remedy is one that the agent said fits; what a snippet does is
 * named and allowed, it is compiled in a confined child and judged → signed → sent to the instance
 * that failed, which judges it again and serves the next occurrence with it. Runs beside everything
 * else on one thread; asking is thread-safe.
 */
public final class HealRoad {
  private static final int KEPT = 200;
  private static final int MOST_ASKED = 5;
  private static final Logger log = LoggerFactory.getLogger(HealRoad.class);

  private final Healers healers;
  private final SnippetBench bench;
  private final OrderDesk orders;
  private final HealPolicy policy;
  private final Function<@Nullable String, Optional<JavaProject>> projects;
  private final Post post;
  private final Executor thread;
  private final Clock clock;
  private final KnownFits fits = new KnownFits();
  private final Map<String, Place> places =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Place> eldest) {
          return size() > KEPT;
        }
      };
  private final Map<String, Prescription> prescriptions = new LinkedHashMap<>();
  private final Withdrawn withdrawn;

  /** One place and kind of failure. Confined to the road's thread, but for what is shown. */
  private static final class Place {
    private final Set<String> sent = new HashSet<>();
    private @Nullable Choice choice;
    private int asked;
    private Prescription shown;

    Place(Prescription shown) {
      this.shown = shown;
    }
  }

  /** Who proposes snippets. Thread-safe. */
  public interface Healers {
    /** Whether anybody may be asked at all. */
    boolean any();

    /** Those whom the repository's own file lets be asked about its code, first one first. */
    List<Healer> of(SourceTree tree);
  }

  /** The way to agents. */
  public interface Post {
    /** Sends a signed snippet; says whether the instance is connected. */
    boolean install(String instance, byte[] order, byte[] signature);

    /** The same with a remedy to prefer. */
    boolean prefer(String instance, byte[] order, byte[] signature);
  }

  /**
   * @param healers asked in order until one has a snippet that may run
   * @param withdrawn snippets that did harm before
   * @param projects the sources and the build of a revision; null for what is checked out now
   * @param thread runs the road, one failure at a time
   */
  HealRoad(
      Healers healers,
      SnippetBench bench,
      OrderDesk orders,
      HealPolicy policy,
      Withdrawn withdrawn,
      Function<@Nullable String, Optional<JavaProject>> projects,
      Post post,
      Executor thread,
      Clock clock) {
    this.healers = healers;
    this.bench = bench;
    this.orders = orders;
    this.policy = policy;
    this.withdrawn = withdrawn;
    this.projects = projects;
    this.post = post;
    this.thread = thread;
    this.clock = clock;
  }

  /**
   * A failure was seen, healed or not. Returns at once.
   *
   * @param signal of this occurrence: its instance is where a snippet goes
   */
  public void failed(Incident incident, Signal signal) {
    Optional<CapturedFrame> frame =
        signal.exception() == null ? Optional.empty() : signal.exception().topApplicationFrame();
    if (!healers.any()
        || signal.trust() != TrustTier.AUTHENTICATED
        || !policy.mode().allows(HealMode.TYPED)
        || frame.isEmpty()
        || frame.get().line() < 1
        || !policy.covers(frame.get().className(), frame.get().method())) {
      return;
    }
    try {
      thread.execute(() -> walk(incident, signal, frame.get()));
    } catch (RejectedExecutionException full) {
      log.debug("too many failures wait for a snippet, left out: {}", incident.id().value());
    }
  }

  private void walk(Incident incident, Signal signal, CapturedFrame frame) {
    String type = signal.exception() == null ? "" : signal.exception().type();
    Place place = place(incident, frame, type);
    String instance = signal.origin().instance();
    Choice choice = place.choice;
    if (choice != null && withdrawn.holds(choice.id())) {
      place.choice = null;
      choice = null;
    }
    if (choice != null && !place.sent.contains(instance)) {
      // what is known to be right for the place serves every instance
      send(place, choice, instance);
      return;
    }
    if (place.asked >= MOST_ASKED || (choice != null && !frame.hasValues())) {
      return;
    }
    Optional<HealCase> healCase = healCase(incident, signal, frame, type);
    if (healCase.isEmpty()) {
      keep(place, none(place, "the failing statement is not found in the source of what runs"));
      return;
    }
    List<Healer> asked = healers.of(healCase.get().tree());
    if (asked.isEmpty()) {
      keep(place, none(place, "the repository lets nobody be asked"));
      return;
    }
    bench.open(healCase.get());
    place.asked++;
    Optional<Choice> found = choice(asked, healCase.get());
    if (found.isEmpty()) {
      if (choice == null) {
        keep(place, none(place, "nobody proposed anything that may be done"));
      }
    } else if (choice == null || !found.get().id().equals(choice.id())) {
      place.choice = found.get();
      place.sent.clear();
      send(place, found.get(), instance);
    }
  }

  private Optional<Choice> choice(List<Healer> asked, HealCase at) {
    for (Healer healer : asked) {
      for (HealProposal proposal : proposals(healer, at.request())) {
        Optional<Choice> choice =
            choice(at, healer.name(), proposal).filter(c -> !withdrawn.holds(c.id()));
        if (choice.isPresent()) {
          return choice;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Choice> choice(HealCase at, String healer, HealProposal proposal) {
    if (proposal instanceof HealProposal.RunSnippet snippet) {
      return bench.prepare(at.request(), snippet) instanceof SnippetBench.Prepared prepared
          ? Optional.of(new Choice.Snippet(at, healer, snippet, prepared))
          : Optional.empty();
    }
    HealProposal.UseRemedy use = (HealProposal.UseRemedy) proposal;
    return at.request().remedies().contains(use.remedy())
        ? Optional.of(new Choice.Remedy(at, healer, use))
        : Optional.empty();
  }

  private Place place(Incident incident, CapturedFrame frame, String type) {
    String site = frame.className() + "." + frame.method() + ":" + frame.line();
    Place known = places.get(site + " " + type);
    if (known == null) {
      known = new Place(Prescription.asking(site, type, incident.id().value(), clock.instant()));
      places.put(site + " " + type, known);
      keep(known, known.shown);
    }
    return known;
  }

  private void send(Place place, Choice choice, String instance) {
    OrderDesk.Signed signed = orders.sign(instance, choice);
    Prescription made = place.shown.with(choice);
    keep(place, made.now(Prescription.State.SENT, "to " + instance, clock.instant()));
    boolean sent =
        choice instanceof Choice.Snippet
            ? post.install(instance, signed.order(), signed.signature())
            : post.prefer(instance, signed.order(), signed.signature());
    if (sent) {
      place.sent.add(instance);
    } else {
      keep(place, made.now(Prescription.State.NONE, instance + " is gone", clock.instant()));
    }
  }

  private Prescription none(Place place, String why) {
    return place.shown.now(Prescription.State.NONE, why, clock.instant());
  }

  private List<HealProposal> proposals(Healer healer, HealRequest request) {
    try {
      return healer.proposals(request);
    } catch (RuntimeException crashed) {
      log.warn("healer {} crashed: {}", healer.name(), crashed.toString());
      return List.of();
    }
  }

  private Optional<HealCase> healCase(
      Incident incident, Signal signal, CapturedFrame frame, String type) {
    Optional<JavaProject> project = projects.apply(signal.origin().revision());
    boolean full = policy.mode() == HealMode.FULL;
    Predicate<String> nameable = full ? name -> true : Vet::mayName;
    Optional<FailingStatement> statement =
        project.flatMap(
            p ->
                FailingStatement.of(
                    p,
                    frame.className(),
                    frame.method(),
                    frame.descriptor(),
                    frame.line(),
                    nameable));
    List<String> skills =
        policy.mode() != HealMode.CONTAINED || project.isEmpty()
            ? List.of()
            : bench.skills(project.get().model());
    return statement.map(
        s ->
            new HealCase(
                frame,
                s,
                project.orElseThrow().tree(),
                project.orElseThrow().model(),
                new HealRequest(
                    incident,
                    s.place(),
                    s.statement(),
                    s.method(),
                    frame.locals(),
                    fitting(frame, type),
                    policy.mode(),
                    policy.behaviors(),
                    skills)));
  }

  /** Remedies that fit, without those that did harm there. */
  private Set<String> fitting(CapturedFrame frame, String type) {
    String site = frame.className() + "." + frame.method() + ":" + frame.line();
    return fits.at(frame, type).stream()
        .filter(remedy -> !withdrawn.holds(Choice.Remedy.id(site, type, remedy)))
        .collect(Collectors.toSet());
  }

  private synchronized void keep(Place place, Prescription next) {
    String key = next.site() + " " + next.exception();
    place.shown = next;
    prescriptions.remove(key);
    prescriptions.put(key, next);
    if (prescriptions.size() > KEPT) {
      prescriptions.remove(prescriptions.keySet().iterator().next());
    }
  }

  /** An agent said what became of a snippet; {@code refusal} is empty when it is in place. */
  void answered(String instance, String snippet, String refusal) {
    Prescription.State state =
        refusal.isEmpty() ? Prescription.State.IN_PLACE : Prescription.State.REFUSED;
    move(snippet, state, refusal.isEmpty() ? "in " + instance : instance + ": " + refusal);
  }

  /** An agent said which remedies fit a failure. */
  void fit(FittingRemedies remedies) {
    fits.told(remedies);
  }

  /** A heal as ordered was followed by harm: that is never ordered again. */
  void harmed(String order, String why) {
    withdrawn.add(order);
    move(order, Prescription.State.WITHDRAWN, why);
  }

  private synchronized void move(String snippet, Prescription.State state, String why) {
    prescriptions.replaceAll(
        (key, p) -> p.snippet().equals(snippet) ? p.now(state, why, clock.instant()) : p);
  }

  /** What was prescribed, latest first. */
  public synchronized List<Prescription> prescriptions() {
    List<Prescription> all = new ArrayList<>(prescriptions.values());
    java.util.Collections.reverse(all);
    return all;
  }
}
