package dev.fettle.sandbox;

import dev.fettle.contract.model.LabJob;
import dev.fettle.contract.model.NewFile;
import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.lab.protocol.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compiles what jobs change, and keeps the last outcomes: several oracles ask for the same. */
final class CompiledPatches {
  private static final int KEPT = 64;

  private final Workers workers;
  private final Map<Key, Outcome> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Outcome> eldest) {
          return size() > KEPT;
        }
      };

  CompiledPatches(Workers workers) {
    this.workers = workers;
  }

  private record Key(Path root, Optional<Patch> patch, List<NewFile> added) {}

  /** Class files, or why the compiler refused. */
  record Outcome(Compiled compiled, Optional<String> refusal) {}

  Outcome of(LabJob job, Deadline deadline) throws IOException, Worker.Lost {
    Key key = new Key(job.project().root(), job.patch(), job.added());
    Optional<Outcome> known = get(key);
    if (known.isPresent()) {
      return known.get();
    }
    Outcome outcome = compile(job, deadline);
    synchronized (kept) {
      kept.put(key, outcome);
    }
    return outcome;
  }

  private Optional<Outcome> get(Key key) {
    synchronized (kept) {
      return Optional.ofNullable(kept.get(key));
    }
  }

  private Outcome compile(LabJob job, Deadline deadline) throws IOException, Worker.Lost {
    Compiled compiled = Compiled.NOTHING;
    for (Map.Entry<ProjectModel.Module, JobSources.OfModule> entry :
        JobSources.of(job).modules().entrySet()) {
      JobSources.OfModule sources = entry.getValue();
      if (sources.main().isEmpty() && sources.tests().isEmpty()) {
        continue;
      }
      Message request = new Message.Compile(sources.main(), sources.tests(), compiled.given());
      Message answer =
          workers.use(
              job.project(),
              entry.getKey(),
              deadline,
              worker -> worker.ask(request, deadline.left(), event -> {}));
      if (answer instanceof Message.Refused refused) {
        return new Outcome(Compiled.NOTHING, Optional.of(refused.diagnostics()));
      } else if (answer instanceof Message.Compiled done) {
        compiled = compiled.and(done);
      } else {
        throw new IOException("the compiler answered " + answer);
      }
    }
    return new Outcome(compiled, Optional.empty());
  }
}
