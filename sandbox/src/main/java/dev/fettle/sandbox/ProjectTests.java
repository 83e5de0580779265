package dev.fettle.sandbox;

import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.TestResult;
import dev.fettle.lab.TookTooLong;
import dev.fettle.lab.protocol.Message;
import java.io.IOException;
import java.nio.IntBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a module's tests as the build would, test by test, in the laboratory's children: by direct
 * calls or by the framework's launcher. Thread-safe.
 */
public final class ProjectTests {
  private final Workers workers;

  ProjectTests(Workers workers) {
    this.workers = workers;
  }

  /** How test methods are called. */
  public enum Mode {
    /** Directly, where that is known to do what the framework does; else by the launcher. */
    DIRECT,
    /** By the framework's launcher. */
    LAUNCHER
  }

  /**
   * What to run.
   *
   * @param classes binary names of test classes
   * @param methods {@code class#method} of those to run; empty for all. The launcher runs whole
   *     classes, and the others are left out of the answer
   * @param lines whether to find out which lines of main classes each test runs
   * @param limit a test that takes longer is made to fail at the next line of a main class that it
   *     reaches; zero for none
   * @param idle after this long without the end of a test, its class is given up
   * @param budget for all
   * @param own whether to use a child of its own, so that calls can run side by side
   */
  public record Order(
      ProjectModel.Module module,
      List<String> classes,
      List<String> methods,
      Mode mode,
      boolean lines,
      Duration limit,
      Duration idle,
      Duration budget,
      boolean own) {
    public Order {
      classes = List.copyOf(classes);
      methods = List.copyOf(methods);
    }
  }

  /**
   * What became of one test.
   *
   * @param by {@code direct} or {@code launcher}
   * @param nanos wall time, with what it took to tell of it
   * @param lines by class, ascending; empty unless asked for; arrays are shared, nobody writes them
   */
  public record OneTest(TestResult result, String by, long nanos, Map<String, int[]> lines) {
    private static final Set<String> OUT_OF_TIME =
        Set.of(TookTooLong.class.getName(), "org.junit.runners.model.TestTimedOutException");

    /** Whether it failed by running into a time limit, its own or that of the order. */
    public boolean outOfTime() {
      return result.failure().map(f -> OUT_OF_TIME.contains(f.type())).orElse(false);
    }
  }

  /**
   * What became of an order.
   *
   * @param ended test classes that came to their end
   * @param reasons by class, why the launcher ran it where direct calls were asked for
   * @param millis by class, how long it took
   */
  public record Ran(
      List<OneTest> tests,
      Set<String> ended,
      Map<String, String> reasons,
      Map<String, Long> millis) {}

  /** Binary names of the module's test classes by the patterns of its build, sorted. */
  public List<String> classes(ProjectModel.Module module) throws IOException {
    return TestClasses.of(module);
  }

  /**
   * Runs them. A class that ends or hangs its child fails, and the others go on in a fresh one.
   * What does not fit into the budget is missing in the answer.
   *
   * @throws IOException when no child can be started
   */
  public Ran run(ProjectModel project, Order order) throws IOException {
    Hearing hearing = new Hearing(order);
    Deadline deadline = Deadline.in(order.budget());
    List<String> left = new ArrayList<>(order.classes());
    int lost = 0;
    while (!left.isEmpty() && !deadline.left().isZero()) {
      Message request =
          new Message.Drive(
              left,
              order.methods(),
              List.of(),
              List.of(),
              order.mode().name(),
              order.lines(),
              order.limit().toMillis());
      try {
        ask(project, order, request, deadline, hearing);
        break;
      } catch (Worker.Lost e) {
        if (!e.afterStart()) {
          throw new IOException(String.valueOf(e.getMessage()), e);
        } else if (deadline.left().isZero() || ++lost > 50) {
          break;
        }
        String culprit = hearing.lost(left, String.valueOf(e.getMessage()));
        left.removeAll(hearing.ended);
        left.remove(culprit);
      }
    }
    return hearing.ran();
  }

  private void ask(
      ProjectModel project, Order order, Message request, Deadline deadline, Hearing hearing)
      throws IOException, Worker.Lost {
    Message answer;
    if (order.own()) {
      try (Worker worker = workers.fresh(project, order.module())) {
        answer = worker.askPatiently(request, order.idle(), deadline.left(), hearing);
      }
    } else {
      answer =
          workers.use(
              project,
              order.module(),
              deadline,
              worker -> worker.askPatiently(request, order.idle(), deadline.left(), hearing));
    }
    if (!(answer instanceof Message.Done)) {
      throw new IOException("the child answered " + answer);
    }
  }

  /** Collects what a child tells. Confined to the thread that asks. */
  private static final class Hearing implements Consumer<Message> {
    private static final int LIMIT = 200_000;

    private final Order order;
    private final Set<String> wanted;
    private final List<OneTest> tests = new ArrayList<>();
    private final Set<String> ended = new LinkedHashSet<>();
    private final Map<String, String> reasons = new LinkedHashMap<>();
    private final Map<String, Long> millis = new LinkedHashMap<>();
    private final TestJob converter = new TestJob();
    private String testClass = "";
    private String by = "launcher";
    private long started = System.nanoTime();
    private Message.@Nullable Started running;
    private Map<String, int[]> lines = Map.of();
    private final Map<IntBuffer, int[]> shared = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();

    Hearing(Order order) {
      this.order = order;
      this.wanted = Set.copyOf(order.methods());
    }

    @Override
    public void accept(Message message) {
      if (message instanceof Message.RunBy runBy) {
        testClass = runBy.className();
        by = runBy.mode().equals("direct") ? "direct" : "launcher";
        if (order.mode() == Mode.DIRECT && by.equals("launcher") && reasons.size() < LIMIT) {
          reasons.put(runBy.className(), runBy.why());
        }
      } else if (message instanceof Message.Started begun) {
        running = begun;
        started = System.nanoTime();
      } else if (message instanceof Message.Covered covered) {
        lines = new HashMap<>();
        covered
            .lines()
            .forEach(l -> lines.put(names.computeIfAbsent(l.className(), n -> n), once(l.lines())));
      } else if (message instanceof Message.Finished finished) {
        finished(finished);
      } else if (message instanceof Message.ClassDone done && ended.size() < LIMIT) {
        ended.add(done.className());
        millis.put(done.className(), done.millis());
      }
    }

    /** Tests of a class run much the same lines: kept once, thousands of them fit. */
    private int[] once(int[] numbers) {
      return shared.computeIfAbsent(IntBuffer.wrap(numbers), n -> numbers);
    }

    private void finished(Message.Finished finished) {
      running = null;
      TestResult result = TestJob.result(finished);
      boolean asked =
          wanted.isEmpty() || wanted.contains(result.name()) || result.method().equals("<class>");
      if (asked && tests.size() < LIMIT) {
        tests.add(new OneTest(result, by, System.nanoTime() - started, lines));
      }
      lines = Map.of();
    }

    /** Notes the loss and returns the test class to give up. */
    String lost(List<String> left, String how) {
      Message.Started last = running;
      converter.forgetRunning();
      if (last != null) {
        converter.accept(last);
      }
      List<String> open = left.stream().filter(c -> !ended.contains(c)).toList();
      TestResult result = converter.lost(open, how);
      tests.add(new OneTest(result, by, System.nanoTime() - started, Map.of()));
      running = null;
      boolean known = !testClass.isEmpty() && open.contains(testClass);
      return known ? testClass : open.isEmpty() ? "" : open.get(0);
    }

    Ran ran() {
      return new Ran(
          List.copyOf(tests), Set.copyOf(ended), Map.copyOf(reasons), Map.copyOf(millis));
    }
  }
}
