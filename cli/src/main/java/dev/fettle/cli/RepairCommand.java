package dev.fettle.cli;

import dev.fettle.cli.repair.RepairReport;
import dev.fettle.cli.repair.RepairRequest;
import dev.fettle.cli.repair.RepairSession;
import dev.fettle.cli.repair.Repaired;
import dev.fettle.cli.run.CommandFailure;
import dev.fettle.cli.run.ExitCode;
import dev.fettle.llm.settings.LlmSettings;
import dev.fettle.llm.settings.SettingsException;
import dev.fettle.llm.settings.SettingsFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

@CommandLine.Command(
    name = "repair",
    mixinStandardHelpOptions = true,
    description = {
      "Repairs a project's failing tests, or a build that does not compile, by search: no server,",
      "and no model unless --llm names one. Prints up to five patches in rank order and changes nothing unless told to.",
      "Exit codes: 0 patch found or all tests pass, 3 no candidate passes, 4 the project's own build",
      "refuses what was found."
    })
final class RepairCommand implements Callable<Integer> {
  private static final long LARGEST_TRACE = 1 << 20;

  @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;

  @CommandLine.Mixin Output output = new Output();

  @CommandLine.Option(
      names = "--project",
      paramLabel = "DIR",
      description = "The project (default: the current directory).")
  Path project = Path.of(".");

  @CommandLine.Option(
      names = "--test",
      paramLabel = "CLASS[#METHOD]",
      description = "A failing test; repeatable (default: every test that fails).")
  List<String> tests = List.of();

  @CommandLine.Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "A pasted stack trace to reproduce and repair.")
  @Nullable Path trace;

  @CommandLine.Option(
      names = "--budget",
      paramLabel = "TIME",
      description = "Wall time with the reading of the project, such as 60s or 3m (default: 60s).")
  String budget = "60s";

  @CommandLine.Option(
      names = "--patches",
      paramLabel = "N",
      description = "Patches to return, at most 5 (default: 5).")
  int patches = 5;

  @CommandLine.Option(names = "--seed", paramLabel = "N", description = "Of what is random.")
  long seed = 1;

  @CommandLine.Option(
      names = "--sources",
      paramLabel = "DIR",
      description = "Sources of a project without a build; repeatable.")
  List<Path> sources = List.of();

  @CommandLine.Option(
      names = "--tests",
      paramLabel = "DIR",
      description = "Test sources of a project without a build; repeatable.")
  List<Path> testSources = List.of();

  @CommandLine.Option(
      names = "--classpath",
      paramLabel = "FILE",
      description = "A file with jars and directories, one a line or joined by colons.")
  @Nullable Path classpath;

  @CommandLine.Option(
      names = "--release",
      paramLabel = "N",
      description = "Language level of a project without a build.")
  int release;

  @CommandLine.Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where built copies, fetched libraries and the journal are kept.")
  @Nullable Path data;

  @CommandLine.Option(
      names = "--llm",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "PROVIDER[:MODEL]",
      description = {
        "Ask a language model beside the search, within the same budget; what it says is proved",
        "like the search's own patches. Without a value: the one of the user's config.yml.",
        "Default: none is asked."
      })
  @Nullable String llm;

  @CommandLine.ArgGroup Delivery delivery = new Delivery();

  /** What becomes of the first patch. */
  static final class Delivery {
    @CommandLine.Option(names = "--apply", description = "Write the first patch into the project.")
    boolean apply;

    @CommandLine.Option(
        names = "--branch",
        description = "Commit the first patch to a new git branch; the work tree stays as it is.")
    boolean branch;

    @CommandLine.Option(
        names = "--patch",
        paramLabel = "FILE",
        description = "Write the first patch to a file for git apply.")
    @Nullable Path file;
  }

  @Override
  public Integer call() throws IOException {
    CommandLine line = java.util.Objects.requireNonNull(spec).commandLine();
    RepairSession session = new RepairSession(request(), line.getErr());
    try {
      return finished(session, session.run(), line.getOut(), line.getErr()).code();
    } finally {
      session.printed();
    }
  }

  /** Delivers first, so that what is printed once tells what became of it. */
  ExitCode finished(RepairSession session, Repaired repaired, PrintWriter out, PrintWriter err) {
    String problem =
        repaired.patches().isEmpty() ? "" : delivered(session, repaired.patches().get(0), err);
    ExitCode code =
        session.interrupted()
            ? ExitCode.INTERRUPTED
            : problem.isEmpty() ? code(repaired) : ExitCode.INTERNAL;
    if (output.json) {
      Map<String, Object> object = RepairReport.object(repaired, code.code());
      if (!problem.isEmpty()) {
        object.put("error", Main.error(code, problem));
      }
      output.object(out, object);
    } else {
      RepairReport.print(out, repaired);
    }
    if (!problem.isEmpty()) {
      err.println("fettle: " + problem);
    }
    return code;
  }

  /** Empty when it was delivered, or nobody asked for that; else why not. */
  private String delivered(RepairSession session, Repaired.Found first, PrintWriter err) {
    try {
      if (delivery.apply) {
        session.apply(first);
        err.println("fettle: applied patch 1");
      } else if (delivery.branch) {
        err.println("fettle: committed patch 1 to branch " + session.branch(first));
      } else if (delivery.file != null) {
        Files.write(delivery.file, first.diff());
        err.println("fettle: wrote patch 1 to " + delivery.file);
      }
      return "";
    } catch (IOException e) {
      return "the patch was found and could not be delivered: " + Output.line(String.valueOf(e));
    }
  }

  private static ExitCode code(Repaired repaired) {
    return switch (repaired.end()) {
      case REPAIRED, PASSING -> ExitCode.DONE;
      case NOT_REPAIRED -> ExitCode.NOTHING_FOUND;
      case REFUSED -> ExitCode.NOT_VALIDATED;
      case UNREADABLE -> ExitCode.USAGE;
    };
  }

  private RepairRequest request() throws IOException {
    if (patches < 1 || patches > 5) {
      throw new CommandFailure(ExitCode.USAGE, "--patches " + patches + ": wanted 1 to 5");
    }
    Duration time;
    try {
      time = RepairSession.time(budget);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, "--budget: " + e.getMessage());
    }
    Optional<RepairRequest.Folders> folders = folders();
    Path root = folders.isPresent() ? around(folders.get()) : project;
    if (!Files.isDirectory(root)) {
      throw new CommandFailure(
          ExitCode.USAGE, "no such directory: " + root + "; wanted the project's");
    }
    Path kept = dataDirectory();
    if (root.toRealPath().equals(Files.exists(kept) ? kept.toRealPath() : kept)) {
      throw new CommandFailure(
          ExitCode.USAGE, "--data " + kept + " is the project: wanted a directory of its own");
    }
    return new RepairRequest(
        root.toRealPath(), folders, tests, traceText(), kept, time, seed, patches, languageModel());
  }

  private LlmSettings languageModel() {
    if (llm == null) {
      return LlmSettings.none();
    }
    Path file = SettingsFile.user(System.getenv());
    try {
      LlmSettings settings =
          SettingsFile.chosen(SettingsFile.read(file, System.getenv()), llm, System.getenv());
      if (settings.on()) {
        return settings;
      }
    } catch (SettingsException e) {
      throw new CommandFailure(ExitCode.USAGE, "the language model: " + e.getMessage());
    }
    throw new CommandFailure(
        ExitCode.USAGE, "--llm: no model; wanted PROVIDER:MODEL, or an llm section in " + file);
  }

  private @Nullable String traceText() throws IOException {
    if (trace == null) {
      return null;
    }
    if (!Files.isRegularFile(trace) || Files.size(trace) > LARGEST_TRACE) {
      throw new CommandFailure(
          ExitCode.USAGE, "--trace " + trace + ": wanted a file of at most 1 MiB");
    }
    return Files.readString(trace);
  }

  private Path dataDirectory() {
    if (data != null) {
      return data.toAbsolutePath().normalize();
    }
    String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    Path base =
        cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
    return base.resolve("fettle").resolve("repair");
  }

  private Optional<RepairRequest.Folders> folders() throws IOException {
    if (sources.isEmpty()) {
      if (!testSources.isEmpty() || classpath != null) {
        throw new CommandFailure(
            ExitCode.USAGE, "--tests and --classpath go with --sources: wanted --sources DIR");
      }
      return Optional.empty();
    }
    for (Path folder : sources) {
      if (!Files.isDirectory(folder)) {
        throw new CommandFailure(ExitCode.USAGE, "--sources: no such directory: " + folder);
      }
    }
    for (Path folder : testSources) {
      if (!Files.isDirectory(folder)) {
        throw new CommandFailure(ExitCode.USAGE, "--tests: no such directory: " + folder);
      }
    }
    return Optional.of(new RepairRequest.Folders(sources, testSources, jars(), release));
  }

  private List<Path> jars() throws IOException {
    if (classpath == null) {
      return List.of();
    }
    if (!Files.isRegularFile(classpath)) {
      throw new CommandFailure(ExitCode.USAGE, "--classpath: no such file: " + classpath);
    }
    List<Path> jars = new ArrayList<>();
    for (String entry : Files.readString(classpath).split("[:\\r\\n]+")) {
      if (!entry.isBlank()) {
        Path path = Path.of(entry.strip());
        if (!Files.exists(path)) {
          throw new CommandFailure(ExitCode.USAGE, "--classpath: no such entry: " + path);
        }
        jars.add(path);
      }
    }
    return jars;
  }

  /** The directory that holds all folders. */
  private static Path around(RepairRequest.Folders folders) throws IOException {
    Path common = null;
    List<Path> all = new ArrayList<>(folders.sources());
    all.addAll(folders.tests());
    for (Path folder : all) {
      Path real = folder.toRealPath();
      common = common == null ? real : common;
      while (common != null && !real.startsWith(common)) {
        common = common.getParent();
      }
    }
    if (common == null || common.getNameCount() < 1) {
      throw new CommandFailure(
          ExitCode.USAGE, "sources and tests share no directory but the root; wanted one project");
    }
    return common;
  }
}
