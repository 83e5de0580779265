package dev.fettle.server;

import dev.fettle.contract.model.CaseFile;
import dev.fettle.contract.model.HealRecord;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.JournalEntry;
import dev.fettle.contract.model.JournalEntry.State;
import dev.fettle.contract.model.JournalEntry.Step;
import dev.fettle.contract.model.Outcome;
import dev.fettle.contract.model.Replacement;
import dev.fettle.contract.spi.Healer;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.delivery.policy.PolicyFile;
import dev.fettle.llm.Models;
import dev.fettle.llm.client.Ledger;
import dev.fettle.llm.context.CaseReader;
import dev.fettle.llm.context.PastCase;
import dev.fettle.llm.context.PastCases;
import dev.fettle.llm.heal.ModelHealer;
import dev.fettle.llm.heal.SnippetJudge;
import dev.fettle.llm.learn.Lesson;
import dev.fettle.llm.learn.Lessons;
import dev.fettle.llm.repair.Attempt;
import dev.fettle.llm.repair.ModelGenerator;
import dev.fettle.llm.repair.ProposedExpressions;
import dev.fettle.llm.settings.LlmSettings;
import dev.fettle.llm.settings.SettingsException;
import dev.fettle.llm.settings.SettingsFile;
import dev.fettle.llm.talk.LanguageModel;
import dev.fettle.llm.talk.Question;
import dev.fettle.llm.vector.VectorShelf;
import dev.fettle.server.heal.HealRoad;
import dev.fettle.server.view.ModelDesk;
import dev.fettle.source.java.JavaSources;
import dev.fettle.store.IncidentQuery;
import dev.fettle.store.SqlStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The language model that the owner of this installation set up, if any. Thread-safe. */
final class LanguageModels {
  private static final Logger log = LoggerFactory.getLogger(LanguageModels.class);
  private static final int PAST = 500;

  private final LlmSettings settings;
  private final LanguageModel model;
  private final VectorShelf shelf;
  private final ModelHints hints;
  private final Ledger ledger;
  private final Lessons lessons;
  private final SqlStore store;
  private final Clock clock;

  private LanguageModels(
      LlmSettings settings, Ledger ledger, Path data, SqlStore store, Clock clock) {
    this.settings = settings;
    this.ledger = ledger;
    this.lessons = new Lessons(data.resolve("llm-lessons.jsonl"), clock);
    Models models = Models.all(settings, ledger, System.getenv(), clock, System::nanoTime);
    this.model = models.model();
    this.shelf =
        models
            .embeddings()
            .map(
                embeddings ->
                    VectorShelf.in(
                        data.resolve("llm-vectors.jsonl"),
                        settings.embeddingModel().orElseThrow(),
                        embeddings,
                        System::nanoTime,
                        why -> log.warn("similar incidents by words alone: {}", why)))
            .orElseGet(VectorShelf::none);
    this.hints =
        new ModelHints(
            settings.on() ? settings.budget().timeout() : Duration.ZERO, System::nanoTime);
    this.store = store;
    this.clock = clock;
  }

  static LanguageModels open(ServerSettings server, SqlStore store, Clock clock) {
    Map<String, String> environment = System.getenv();
    Path file = server.llm();
    String choice = server.llmChoice();
    LlmSettings settings =
        SettingsFile.chosen(
            file == null
                ? SettingsFile.read(SettingsFile.user(environment), environment)
                : SettingsFile.named(file, environment),
            choice == null ? "" : choice,
            environment);
    if (settings.on()) {
      log.info("language model: {}", settings.display());
    }
    Ledger ledger = Ledger.in(server.dataDirectory().resolve("llm-ledger.jsonl"), clock);
    return new LanguageModels(settings, ledger, server.dataDirectory(), store, clock);
  }

  /** Whether anybody would be asked. */
  boolean on() {
    return settings.on();
  }

  /** A generator; asks nobody while {@link #on} is false. */
  ModelGenerator generator(JavaSources sources, Attempt attempt, Executor thread) {
    return new ModelGenerator(
        model,
        settings,
        new CaseReader(sources, this::past, settings, shelf),
        attempt,
        thread,
        System::nanoTime,
        new Notes());
  }

  /** What the generator's model names for a search beside it. */
  ModelHints hints() {
    return hints;
  }

  /** Healers of failing statements; none while {@link #on} is false. */
  HealRoad.Healers healers(SnippetJudge judge) {
    // the road waits: it has a thread of its own, and the program waits for neither
    ModelHealer healer =
        new ModelHealer(
                model,
                settings,
                judge,
                ModelHealer.Mode.SYNCHRONOUS,
                Runnable::run,
                System::nanoTime)
            .telling(
                (request, question, answer, verdict) ->
                    lessons.add(
                        request.incident().id().value(), model.name(), question, answer, verdict));
    return new HealRoad.Healers() {
      @Override
      public boolean any() {
        return on();
      }

      @Override
      public List<Healer> of(SourceTree tree) {
        return narrowed(tree).map(left -> List.<Healer>of(healer.within(left))).orElse(List.of());
      }
    };
  }

  /** What the repository's own file leaves of the settings; empty when nobody may be asked. */
  private Optional<LlmSettings> narrowed(SourceTree tree) {
    try {
      return tree.text(PolicyFile.PATH)
          .map(text -> SettingsFile.narrowed(settings, text))
          .or(() -> Optional.of(settings))
          .filter(LlmSettings::on);
    } catch (SettingsException e) {
      log.warn("no language model is asked about a heal: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** Writes into the journal what a model was asked and what became of it. */
  private final class Notes implements ModelGenerator.Listener {
    @Override
    public void suggested(RepairCase repairCase, ProposedExpressions expressions) {
      hints.suggested(repairCase.incident().id(), expressions);
    }

    @Override
    public void attempted(RepairCase repairCase, Question question, String answer, String verdict) {
      hints.answered(repairCase.incident().id());
      lessons.add(repairCase.incident().id().value(), model.name(), question, answer, verdict);
      note(
          repairCase,
          model.name() + " answered " + question.prompt() + " " + question.hash() + ": " + verdict);
    }

    @Override
    public void unanswered(RepairCase repairCase, String why) {
      hints.answered(repairCase.incident().id());
      note(repairCase, model.name() + ": " + why);
    }

    private void note(RepairCase repairCase, String line) {
      String cut = line.lines().findFirst().orElse("");
      store.append(
          new JournalEntry(
              0,
              repairCase.incident().id(),
              Step.PLAN,
              State.DONE,
              cut.length() > 300 ? cut.substring(0, 300) : cut,
              "",
              clock.instant()));
    }
  }

  /** The latest incidents and how they ended. */
  private PastCases past() {
    List<PastCase> cases = new ArrayList<>();
    for (Incident incident :
        store
            .incidents(new IncidentQuery("", IncidentQuery.Sort.LAST_SEEN, true, 0, PAST))
            .incidents()) {
      store
          .caseFile(incident.id())
          .ifPresent(
              file ->
                  cases.add(
                      new PastCase(
                          incident.id().value(),
                          words(incident),
                          change(file),
                          delivered(incident.id()))));
    }
    return new PastCases(cases);
  }

  private static String words(Incident incident) {
    String message = incident.exception().root().message();
    return incident.title() + " " + (message == null ? "" : message);
  }

  private static String change(CaseFile file) {
    return file.chosen()
        .map(
            p ->
                p.candidate().patch().replacements().stream()
                    .map(Replacement::text)
                    .collect(Collectors.joining(" ... ")))
        .orElse("nothing");
  }

  /** What would be sent, for people. */
  ModelDesk.Sight sight(ModelGenerator.Beginning beginning) {
    if (beginning instanceof ModelGenerator.Beginning.Nobody nobody) {
      return new ModelDesk.Unasked(nobody.why());
    }
    ModelGenerator.Beginning.Asked asked = (ModelGenerator.Beginning.Asked) beginning;
    Question question = asked.question();
    return new ModelDesk.Shown(
        settings.display(),
        question.prompt(),
        question.hash(),
        question.estimatedTokens(),
        question.system(),
        question.user(),
        question.schema().text(),
        settings.embeddingModel().orElse(""),
        asked.unsent());
  }

  /** What the ledger holds, for people. */
  ModelDesk.Account account(int latest) {
    List<Ledger.Entry> entries = ledger.entries();
    return new ModelDesk.Account(
        settings.display(),
        ledger.usedToday(),
        settings.budget().tokensPerDay(),
        entries.stream().mapToDouble(Ledger.Entry::cost).sum(),
        entries.subList(Math.max(0, entries.size() - latest), entries.size()));
  }

  /** Passed answers as chat JSONL. */
  List<String> training(Set<String> only) {
    return lessons.chat(this::ending, only);
  }

  private String ending(Lesson lesson) {
    IncidentId incident = new IncidentId(lesson.incident());
    return lesson.prompt().startsWith("heal/") ? healed(incident) : delivered(incident);
  }

  /** What became of heals that a model proposed for an incident; one that did harm decides. */
  private String healed(IncidentId incident) {
    List<HealRecord.Ending> endings =
        store.heals().of(incident, PAST).stream()
            .filter(h -> h.rationale().startsWith(ModelHealer.SAYS))
            .flatMap(h -> h.outcome().stream())
            .toList();
    if (endings.isEmpty()) {
      return "unknown";
    }
    return endings.stream().allMatch(HealRecord.Ending::good) ? "good" : "bad";
  }

  private String delivered(IncidentId incident) {
    List<Outcome> outcomes =
        store.deliveries(incident).stream().flatMap(d -> store.outcomes(d.id()).stream()).toList();
    return outcomes.isEmpty()
        ? "unknown"
        : outcomes.get(outcomes.size() - 1).kind().name().toLowerCase(java.util.Locale.ROOT);
  }
}
