package dev.fettle.lab.search;

import dev.fettle.lab.protocol.Message;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * A program with its tests, ready for candidates. Compiled tests and woven class files are kept
 * between batches. Confined to one request at a time.
 */
public final class Program implements AutoCloseable {
  private static final byte[] NONE = {};
  private static final int OUTPUT = 4_000;

  /** So many times the steps of a test that passed, and so many more, are enough for it. */
  private static final long MORE = 10;

  private static final long LEAST = 20_000;

  /** Steps of a test that failed early. */
  private static final long CUT_SHORT = 200_000;

  /** Deep enough for honest recursion; unwinding a runaway one costs in proportion. */
  private static final long STACK = 4L << 20;

  private final Surroundings around;
  private final Message.Prepare request;
  private final BatchCompiler compiler;
  private final TypeFiles types;
  private final Weaver weaver = new Weaver();
  private final Map<String, byte[]> woven = new HashMap<>();
  private final Map<String, byte[]> testClasses = new HashMap<>();
  private final List<MainProgram> mains = new ArrayList<>();
  private final Set<String> declared = new HashSet<>();

  /** Classes of the program's files as they are, with limits: a batch compiles what it changes. */
  private final Map<String, byte[]> unchanged = new HashMap<>();

  /** By test method: what a right candidate is likely to need of steps. */
  private final Map<Integer, Long> usual = new HashMap<>();

  /** The limit of the first candidates; 0 before. Later ones have more. */
  private long firstSteps;

  private final Printed printed = new Printed();
  private long compileNanos;
  private long runNanos;

  public Program(Surroundings around, Message.Prepare request) throws IOException {
    this.around = around;
    this.request = request;
    this.types = new TypeFiles(this::classFile, packages());
    this.compiler = new BatchCompiler(types, request.release());
  }

  /** The class that holds a renamed {@code main}; empty class name for a test method. */
  private record MainProgram(String className, byte[] expected) {}

  private byte @Nullable [] classFile(String name) throws IOException {
    byte[] own = around.application(name);
    return own != null ? own : around.library(name);
  }

  /** Packages of libraries: what the class path's resources list. */
  private Set<String> packages() throws IOException {
    return around.packages();
  }

  /** Compiles the program and its tests, and runs each test once. */
  public Message prepare() {
    return onRunner(this::prepareHere);
  }

  private Message prepareHere() throws IOException {
    List<BatchCompiler.Unit> units =
        request.sources().stream().map(s -> new BatchCompiler.Unit(s.path(), s.text())).toList();
    BatchCompiler.Compiled compiled = compiler.compile(units);
    if (!compiled.faults().isEmpty()) {
      return new Message.Refused(messages(compiled));
    }
    declared.addAll(compiled.classes().keySet());
    compiled.classes().forEach((name, bytes) -> unchanged.put(name, weaver.limited(fresh(bytes))));
    types.give(compiled.classes(), compiled.origins());
    for (int i = 0; i < request.tests().size(); i++) {
      Message.TrialSpec test = request.tests().get(i);
      if (test.kind().equals("main")) {
        Optional<String> refusal = compileMain(test, i, testClasses, mains);
        if (refusal.isPresent()) {
          return new Message.Refused("test " + (i + 1) + ": " + refusal.get());
        }
      } else {
        mains.add(new MainProgram("", NONE));
      }
    }
    return baseline(compiled);
  }

  private Optional<String> compileMain(
      Message.TrialSpec test, int index, Map<String, byte[]> classes, List<MainProgram> programs) {
    BatchCompiler.Compiled compiled =
        compiler.compile(
            List.of(
                new BatchCompiler.Unit(
                    "fettle-trial/" + test.className() + ".java", test.source())));
    if (!compiled.faults().isEmpty()) {
      programs.add(new MainProgram("", NONE));
      return Optional.of(messages(compiled));
    }
    Renaming renaming = new Renaming(compiled.classes().keySet(), "$trial" + index);
    compiled
        .classes()
        .forEach(
            (name, bytes) -> classes.put(renaming.of(name), weaver.limited(renaming.apply(bytes))));
    programs.add(
        new MainProgram(
            renaming.of(test.className()), test.expected().getBytes(StandardCharsets.UTF_8)));
    return Optional.empty();
  }

  private static String messages(BatchCompiler.Compiled compiled) {
    return String.join(
        "\n",
        compiled.faults().stream()
            .filter(f -> !f.message().isEmpty())
            .map(f -> f.path() + ":" + f.message())
            .toList());
  }

  private Message baseline(BatchCompiler.Compiled compiled) throws IOException {
    Map<String, byte[]> own = new HashMap<>(testClasses);
    Weaver probes = new Weaver();
    compiled.classes().forEach((name, bytes) -> own.put(name, probes.probed(fresh(bytes))));
    List<Message.TrialEnd> ends = new ArrayList<>();
    try (BatchLoader loader = loader(own);
        MethodTrial.Classes methods = new MethodTrial.Classes(loader);
        Watch watch = new Watch(request.steps(), () -> {})) {
      Thread.currentThread().setContextClassLoader(loader);
      System.setOut(printed.stream());
      Fuel.candidate = 0;
      StaticState state = new StaticState(compiled.classes(), loader);
      state.reset();
      Lines.take();
      for (int i = 0; i < request.tests().size(); i++) {
        Trial trial = trial(i, loader, methods);
        watch.begin();
        Fuel.fill(request.steps());
        Throwable thrown = state.run(trial);
        long used = request.steps() - Fuel.left();
        String status = thrown == null ? "PASSED" : Fuel.exhausted() ? "EXHAUSTED" : "FAILED";
        if (mains.get(i).className().isEmpty() && !status.equals("EXHAUSTED")) {
          usual.put(i, thrown == null ? MORE * used + LEAST : Math.max(CUT_SHORT, 2 * MORE * used));
        }
        ends.add(
            new Message.TrialEnd(
                status,
                used,
                hit(probes, compiled.origins()),
                Optional.ofNullable(thrown).map(around::copy),
                mains.get(i).className().isEmpty() ? "" : printed.text(OUTPUT)));
        watch.rest();
      }
    } finally {
      System.setOut(around.silent());
    }
    return new Message.Prepared(ends, cpu());
  }

  private static List<Message.HitLines> hit(Weaver probes, Map<String, String> origins) {
    Map<String, TreeSet<Integer>> lines = new TreeMap<>();
    BitSet hit = Lines.take();
    for (int id = hit.nextSetBit(0); id >= 0; id = hit.nextSetBit(id + 1)) {
      Weaver.Line line = probes.lines().get(id);
      String path = origins.get(line.className());
      if (path != null) {
        lines.computeIfAbsent(path, p -> new TreeSet<>()).add(line.number());
      }
    }
    List<Message.HitLines> all = new ArrayList<>();
    lines.forEach((path, numbers) -> all.add(new Message.HitLines(path, List.copyOf(numbers))));
    return all;
  }

  /** Judges candidates and tells verdicts as they come. */
  public Message judge(Message.Judge judge) {
    return onRunner(
        () -> {
          judgeAll(judge, judge.candidates(), new Verdicts(around));
          return new Message.Judged(cpu(), compileNanos, runNanos);
        });
  }

  /** Halves what the compiler refuses without saying for which candidate. */
  private void judgeAll(Message.Judge judge, List<Integer> candidates, Verdicts verdicts)
      throws IOException {
    Set<Integer> live = new HashSet<>(candidates);
    long begin = System.nanoTime();
    Parts parts = new Parts(judge.files(), compiler);
    Optional<BatchCompiler.Compiled> compiled = parts.compile(live);
    compileNanos += System.nanoTime() - begin;
    if (compiled.isEmpty()) {
      if (candidates.size() > 1) {
        int half = candidates.size() / 2;
        judgeAll(judge, candidates.subList(0, half), verdicts);
        judgeAll(judge, candidates.subList(half, candidates.size()), verdicts);
        return;
      }
      live.clear();
    }
    for (int candidate : candidates) {
      if (!live.contains(candidate)) {
        String end = parts.refusedTogether().contains(candidate) ? "REFUSED_TOGETHER" : "REFUSED";
        verdicts.add(new Message.TrialVerdict(candidate, end, List.of(), List.of()));
      }
    }
    if (compiled.isPresent() && !live.isEmpty()) {
      begin = System.nanoTime();
      run(judge, candidates.stream().filter(live::contains).toList(), compiled.get(), verdicts);
      runNanos += System.nanoTime() - begin;
    }
    verdicts.flush();
  }

  /**
   * Steps that a candidate may take in a test: a test method has no more than what it is likely to
   * need, so that what runs away in a short one costs little. One that failed may have ended early.
   */
  private long allowed(int test, long limit) {
    if (firstSteps == 0) {
      firstSteps = limit;
    }
    long own = usual.getOrDefault(test, limit);
    long times = Math.max(1, limit / firstSteps);
    return own > Long.MAX_VALUE / times ? limit : Math.min(limit, own * times);
  }

  private void run(
      Message.Judge judge,
      List<Integer> candidates,
      BatchCompiler.Compiled compiled,
      Verdicts verdicts)
      throws IOException {
    int[] order = judge.tests().stream().mapToInt(Integer::intValue).toArray();
    Map<String, byte[]> own = new HashMap<>(testClasses);
    own.putAll(unchanged);
    compiled.classes().forEach((name, bytes) -> own.put(name, weaver.limited(fresh(bytes))));
    int[] current = {-1};
    List<Integer> passed = new ArrayList<>();
    List<Integer> threw = new ArrayList<>();
    try (BatchLoader loader = loader(own);
        MethodTrial.Classes methods = new MethodTrial.Classes(loader);
        Watch watch =
            new Watch(
                judge.steps(),
                () ->
                    verdicts.last(
                        new Message.TrialVerdict(
                            current[0], "STUCK", List.copyOf(passed), List.of())))) {
      Thread.currentThread().setContextClassLoader(loader);
      System.setOut(printed.stream());
      StaticState state = new StaticState(own, loader);
      // Most candidates fail at once: the classes of later tests are loaded when one gets there.
      Map<Integer, Trial> trials = new HashMap<>();
      for (int candidate : candidates) {
        current[0] = candidate;
        passed.clear();
        threw.clear();
        Fuel.candidate = candidate;
        boolean failed = false;
        boolean exhausted = false;
        for (int k = 0; k < order.length && !exhausted && (k < judge.always() || !failed); k++) {
          Trial trial = trials.get(order[k]);
          if (trial == null) {
            trial = trial(order[k], loader, methods);
            trials.put(order[k], trial);
          }
          // Each test has its own time: right candidates pass hundreds of them.
          watch.begin();
          Fuel.fill(allowed(order[k], judge.steps()));
          Throwable thrown = state.run(trial);
          watch.rest();
          if (thrown == null && !Fuel.exhausted()) {
            passed.add(order[k]);
            continue;
          }
          if (thrown != null && !Fuel.exhausted() && !Verdicts.asserts(thrown)) {
            threw.add(order[k]);
          }
          exhausted |= Fuel.exhausted();
          failed |= !Fuel.exhausted();
          if (k > judge.always()) { // the last killer goes first among those that may be skipped
            int killer = order[k];
            System.arraycopy(order, judge.always(), order, judge.always() + 1, k - judge.always());
            order[judge.always()] = killer;
          }
        }
        String end = failed ? "FAILED" : exhausted ? "EXHAUSTED" : "PASSED";
        verdicts.add(
            new Message.TrialVerdict(candidate, end, List.copyOf(passed), List.copyOf(threw)));
      }
      watch.rest();
    } finally {
      Fuel.candidate = 0;
      System.setOut(around.silent());
    }
  }

  /** What candidates do on inputs of which nobody knows the right answer. */
  public Message behave(Message.Behave behave) {
    return onRunner(
        () -> {
          List<Message.Behavior> behaviors = behaviors(behave);
          return new Message.Behaved(behaviors, cpu());
        });
  }

  private List<Message.Behavior> behaviors(Message.Behave behave) throws IOException {
    Map<String, byte[]> own = new HashMap<>(testClasses);
    own.putAll(unchanged);
    List<MainProgram> inputs = new ArrayList<>();
    for (int i = 0; i < behave.inputs().size(); i++) {
      Message.TrialSpec input = behave.inputs().get(i);
      if (input.kind().equals("main")) {
        compileMain(input, 1000 + i, own, inputs);
      } else {
        inputs.add(new MainProgram("", NONE));
      }
    }
    Set<Integer> live = new HashSet<>(behave.candidates());
    Optional<BatchCompiler.Compiled> compiled = new Parts(behave.files(), compiler).compile(live);
    List<Message.Behavior> behaviors = new ArrayList<>();
    if (compiled.isEmpty()) {
      return behaviors;
    }
    compiled.get().classes().forEach((name, bytes) -> own.put(name, weaver.telling(fresh(bytes))));
    try (BatchLoader loader = loader(own);
        MethodTrial.Classes methods = new MethodTrial.Classes(loader);
        Watch watch = new Watch(behave.steps(), () -> {})) {
      Thread.currentThread().setContextClassLoader(loader);
      System.setOut(printed.stream());
      StaticState state = new StaticState(own, loader);
      List<Optional<Trial>> trials = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        MainProgram input = inputs.get(i);
        Message.TrialSpec spec = behave.inputs().get(i);
        if (!input.className().isEmpty()) {
          trials.add(Optional.of(main(input, loader)));
        } else {
          trials.add(
              spec.kind().equals("main") ? Optional.empty() : Optional.of(methods.orNotRun(spec)));
        }
      }
      // What is only made once, such as caches, is there when the first candidate runs.
      for (int i = 0; i < inputs.size(); i++) {
        if (inputs.get(i).className().isEmpty()) {
          watch.begin();
          Fuel.fill(behave.steps());
          trials.get(i).ifPresent(t -> state.run(t));
        }
      }
      Outcome outcome = new Outcome(printed, state);
      for (int candidate : behave.candidates()) {
        if (candidate == 0 || live.contains(candidate)) {
          Fuel.candidate = candidate;
          List<String> outcomes = new ArrayList<>();
          for (Optional<Trial> trial : trials) {
            watch.begin();
            Fuel.fill(behave.steps());
            outcomes.add(trial.map(outcome::of).orElse("?"));
          }
          behaviors.add(new Message.Behavior(candidate, outcomes));
        }
      }
    } finally {
      Fuel.candidate = 0;
      System.setOut(around.silent());
    }
    return behaviors;
  }

  /** What conditions would have to say at the places that candidates mark. */
  public Message explore(Message.Explore explore) {
    return onRunner(() -> new Message.Explored(explored(explore, explore.candidates()), cpu()));
  }

  /** Halves what the compiler refuses without saying for which place. */
  private List<Message.ProbedPlace> explored(Message.Explore explore, List<Integer> candidates)
      throws IOException {
    Set<Integer> live = new HashSet<>(candidates);
    Optional<BatchCompiler.Compiled> compiled = new Parts(explore.files(), compiler).compile(live);
    List<Message.ProbedPlace> places = new ArrayList<>();
    if (compiled.isEmpty()) {
      if (candidates.size() > 1) {
        int half = candidates.size() / 2;
        places.addAll(explored(explore, candidates.subList(0, half)));
        places.addAll(explored(explore, candidates.subList(half, candidates.size())));
      }
      return places;
    }
    Map<String, byte[]> own = new HashMap<>(testClasses);
    own.putAll(unchanged);
    compiled.get().classes().forEach((name, bytes) -> own.put(name, weaver.limited(fresh(bytes))));
    try (BatchLoader loader = loader(own);
        MethodTrial.Classes methods = new MethodTrial.Classes(loader);
        Watch watch = new Watch(explore.steps(), () -> {})) {
      Thread.currentThread().setContextClassLoader(loader);
      System.setOut(printed.stream());
      StaticState state = new StaticState(own, loader);
      Map<Integer, Trial> trials = new LinkedHashMap<>();
      for (List<Integer> tests : List.of(explore.passing(), explore.failing())) {
        for (int test : tests) {
          trials.put(test, trial(test, loader, methods));
        }
      }
      Exploration exploration =
          new Exploration(
              explore,
              test -> {
                watch.begin();
                Fuel.fill(explore.steps());
                Trial trial = trials.get(test);
                return trial != null && state.run(trial) == null && !Fuel.exhausted();
              });
      for (int candidate : candidates) {
        if (live.contains(candidate)) {
          Fuel.candidate = candidate;
          places.add(exploration.place(candidate));
        }
      }
      watch.rest();
    } finally {
      Fuel.candidate = 0;
      System.setOut(around.silent());
    }
    return places;
  }

  /** Main programs expect a JVM of their own; test methods share theirs. */
  private byte[] fresh(byte[] bytes) {
    boolean mainOnly = request.tests().stream().allMatch(t -> t.kind().equals("main"));
    return mainOnly ? StaticState.resettable(bytes) : bytes;
  }

  private Trial trial(int test, BatchLoader loader, MethodTrial.Classes methods)
      throws IOException {
    MainProgram main = mains.get(test);
    Message.TrialSpec spec = request.tests().get(test);
    return main.className().isEmpty() ? methods.orNotRun(spec) : main(main, loader);
  }

  private Trial main(MainProgram main, BatchLoader loader) throws IOException {
    try {
      return MainTrial.of(Class.forName(main.className(), false, loader), main.expected(), printed);
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new IOException("no main method in " + main.className(), e);
    }
  }

  private BatchLoader loader(Map<String, byte[]> own) {
    return new BatchLoader(around, own, this::application);
  }

  private byte @Nullable [] application(String name) throws IOException {
    if (declared.contains(name)) {
      return null;
    }
    byte[] known = woven.get(name);
    if (known == null) {
      byte[] found = around.application(name);
      known = found == null ? NONE : weaver.limited(found);
      woven.put(name, known);
    }
    return known.length == 0 ? null : known;
  }

  /** On a thread whose stack has a known size. A firebreak: what it throws is the answer. */
  private Message onRunner(Callable<Message> work) {
    FutureTask<Message> task = new FutureTask<>(work);
    new Thread(null, task, "main", STACK).start();
    try {
      return task.get();
    } catch (ExecutionException e) {
      return new Message.Broken(
          String.valueOf(e.getCause())
              + " "
              + Arrays.toString(
                  e.getCause() == null ? new Object[0] : e.getCause().getStackTrace()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Message.Broken("interrupted");
    }
  }

  /** CPU time of this JVM since its start, compiler threads and collector included. */
  static long cpu() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }

  @Override
  public void close() {
    woven.clear();
  }
}
