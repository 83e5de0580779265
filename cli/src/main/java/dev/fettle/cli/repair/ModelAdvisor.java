package dev.fettle.cli.repair;

import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.contract.spi.ValidationStep;
import dev.fettle.llm.Models;
import dev.fettle.llm.client.Ledger;
import dev.fettle.llm.context.CaseReader;
import dev.fettle.llm.context.PastCases;
import dev.fettle.llm.repair.Attempt;
import dev.fettle.llm.repair.ModelGenerator;
import dev.fettle.llm.settings.LlmSettings;
import dev.fettle.llm.settings.SettingsException;
import dev.fettle.llm.settings.SettingsFile;
import dev.fettle.llm.talk.LanguageModel;
import dev.fettle.sandbox.Sandbox;
import dev.fettle.source.check.SourceSteps;
import dev.fettle.source.java.JavaProject;
import dev.fettle.source.java.JavaSources;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Asks a language model beside the search; nobody is asked where none was named. */
final class ModelAdvisor {
  /** So many targets of one run are asked about. */
  private static final int TARGETS = 3;

  private final LlmSettings settings;
  private final LanguageModel model;
  private final Sandbox sandbox;
  private final SourceTree tree;
  private final ProjectModel project;
  private final Progress progress;
  private int asked;

  /**
   * @param data where the ledger lies
   */
  ModelAdvisor(
      LlmSettings settings,
      Path data,
      Sandbox sandbox,
      SourceTree tree,
      ProjectModel project,
      Progress progress) {
    Clock clock = Clock.systemUTC();
    this.settings = settings;
    this.model =
        Models.open(
            settings,
            Ledger.in(data.resolve("llm-ledger.jsonl"), clock),
            System.getenv(),
            clock,
            System::nanoTime);
    this.sandbox = sandbox;
    this.tree = tree;
    this.project = project;
    this.progress = progress;
  }

  /** Why nobody is asked although a model was named; empty when somebody is. */
  Optional<String> refusal() {
    if (!settings.on()) {
      return Optional.empty();
    }
    try {
      boolean none =
          tree.text(".fettle.yml").map(t -> !SettingsFile.narrowed(settings, t).on()).orElse(false);
      return none
          ? Optional.of("no language model is asked: .fettle.yml says provider: none")
          : Optional.empty();
    } catch (SettingsException e) {
      return Optional.of("no language model is asked: " + e.getMessage());
    }
  }

  /**
   * Begins to ask about a target; what comes of it is taken up by the search.
   *
   * @param budget of the search
   */
  ModelAdvice about(Search.Target target, JavaProject sources, Duration budget) {
    if (!settings.on() || asked >= TARGETS || refusal().isPresent()) {
      return ModelAdvice.none();
    }
    asked++;
    RepairCase failing = FailingCase.of(target, tree, project, sources);
    JavaSources own = new JavaSources();
    List<ValidationStep> steps = new ArrayList<>(SourceSteps.all(own));
    steps.add(new FailingTestsPass(sandbox.laboratory(), target));
    ModelAdvice advice =
        new ModelAdvice(model.name(), progress, settings.budget().timeout(), budget);
    Executor aside =
        task -> {
          Thread thread = new Thread(task, "fettle-model");
          thread.setDaemon(true);
          thread.start();
        };
    ModelGenerator generator =
        new ModelGenerator(
            model,
            settings,
            new CaseReader(own, PastCases::none, settings),
            new Attempt(steps, sandbox.laboratory()),
            aside,
            System::nanoTime,
            advice);
    advice.begin(generator, failing);
    return advice;
  }
}
