package dev.fettle.lab.protocol;

import java.util.List;
import java.util.Optional;

/** One frame. The server speaks first: {@link Setup}, then one request at a time. */
public sealed interface Message {

  /** A source file; {@code path} relative to the project's root. */
  record Source(String path, String text) {}

  /** A class file under its binary name. */
  record ClassBytes(String name, byte[] bytes) {}

  /**
   * Describes the module; answered by {@link Ready} or {@link Broken}.
   *
   * @param applicationDirectories class path entries that are directories, in class path order
   * @param mainDirectories those of them that hold main classes, of siblings too
   * @param mainOutput the module's compiled main classes
   * @param mainClasspath for compiling main sources, without {@code mainOutput}
   * @param testClasspath for compiling tests, whole
   * @param systemProperties {@code name=value}
   */
  record Setup(
      List<String> applicationDirectories,
      List<String> mainDirectories,
      String mainOutput,
      List<String> mainClasspath,
      List<String> testClasspath,
      List<String> processorPath,
      List<String> javacArguments,
      List<String> groups,
      List<String> excludedGroups,
      List<String> systemProperties)
      implements Message {}

  /** Ready for requests; {@code framework} is what runs the tests. */
  record Ready(String framework) implements Message {}

  /**
   * Compiles; answered by {@link Compiled}, {@link Refused} or {@link Broken}.
   *
   * @param given changed classes of other modules, laid over the class path
   */
  record Compile(List<Source> main, List<Source> tests, List<ClassBytes> given)
      implements Message {}

  /**
   * Compiled.
   *
   * @param unchanged those of {@code main} whose bytes are what they were
   * @param recompiled binary names of the top-level classes that the sources declare
   * @param changedMethods {@code class#name(descriptor)} of changed, new and removed methods
   * @param reshaped whether something that other classes may see is new, gone or different
   */
  record Compiled(
      List<ClassBytes> main,
      List<ClassBytes> tests,
      List<String> unchanged,
      List<String> recompiled,
      List<String> changedMethods,
      boolean reshaped)
      implements Message {}

  /** The compiler refused; one diagnostic per line. */
  record Refused(String diagnostics) implements Message {}

  /**
   * Runs test classes; answered by {@link Started}, {@link Finished}, {@link ClassDone} and at last
   * {@link Done}.
   *
   * @param overlay classes that replace those of the directories
   * @param recompiled top-level classes whose old nested classes are gone
   * @param plainOnly leaves out classes that start an application context
   */
  record Run(
      List<String> testClasses,
      List<ClassBytes> overlay,
      List<String> recompiled,
      boolean coverage,
      boolean plainOnly)
      implements Message {}

  /**
   * Runs tests one by one; answered by {@link RunBy}, {@link Started}, {@link Covered}, {@link
   * Finished} and {@link ClassDone}, and at last {@link Done}.
   *
   * @param methods {@code class#method} of those to run, as the launcher names them; empty for all.
   *     What the launcher runs, runs whole
   * @param mode {@code DIRECT} calls test methods where that is known to do what the framework
   *     does, {@code LAUNCHER} never
   * @param lines whether to tell which lines of main classes each test runs
   * @param limitMillis a test that takes longer is made to fail at the next line of a main class; 0
   *     for none
   */
  record Drive(
      List<String> testClasses,
      List<String> methods,
      List<ClassBytes> overlay,
      List<String> recompiled,
      String mode,
      boolean lines,
      long limitMillis)
      implements Message {}

  /**
   * What runs a class of a {@link Drive}.
   *
   * @param mode {@code direct} or {@code launcher}
   * @param why the framework, or why it is not called directly
   */
  record RunBy(String className, String mode, String why) implements Message {}

  /** The lines of main classes that a test ran; comes before its {@link Finished}. */
  record Covered(String className, String method, List<LinesOf> lines) implements Message {}

  /** Lines of one class, each once and ascending. */
  record LinesOf(String className, int[] lines) {}

  /** A test method begins. */
  record Started(String className, String method) implements Message {}

  /** A test method ended; {@code status} is the name of a constant of the server's status. */
  record Finished(String className, String method, String status, Optional<Thrown> failure)
      implements Message {}

  /**
   * A test class ended.
   *
   * @param context whether it starts an application context
   * @param entered methods of main classes that it entered; empty unless coverage was asked for
   * @param lasting those of them that were entered on behalf of later tests too, as when the first
   *     of several starts the context that all use
   */
  record ClassDone(
      String className, long millis, boolean context, List<String> entered, List<String> lasting)
      implements Message {}

  /** The request is done; {@code tired} asks for a fresh child. */
  record Done(boolean tired) implements Message {}

  /** Asks which of the test classes reach one of the classes through constant pools. */
  record Reach(List<String> testClasses, List<String> classes) implements Message {}

  /** The answer to {@link Reach}. */
  record Reached(List<String> testClasses) implements Message {}

  /**
   * A test of a program under search.
   *
   * @param kind {@code main}: {@code source} declares {@code className}, whose {@code main} must
   *     print {@code expected}; {@code method}: a test method of the project's tests
   * @param method empty for {@code main}
   */
  record TrialSpec(String kind, String className, String method, String source, String expected) {}

  /**
   * Compiles the program as it is, runs every test once with line probes, and keeps both for the
   * requests below. Answered by {@link Prepared}, {@link Refused} or {@link Broken}.
   *
   * @param sources editable files, which hide the class files of what they declare
   * @param steps method entries and backward jumps that one test may take
   */
  record Prepare(List<Source> sources, List<TrialSpec> tests, int release, long steps)
      implements Message {}

  /** Lines of an editable file, ascending. */
  record HitLines(String path, List<Integer> lines) {}

  /**
   * How a test of the unchanged program ended.
   *
   * @param status {@code PASSED}, {@code FAILED} or {@code EXHAUSTED}
   * @param output what it printed, cut; empty unless a main program
   */
  record TrialEnd(
      String status, long steps, List<HitLines> lines, Optional<Thrown> failure, String output) {}

  /**
   * The answer to {@link Prepare}; one end per test, in order.
   *
   * @param cpuNanos CPU time of the child since its start, here and below
   */
  record Prepared(List<TrialEnd> ends, long cpuNanos) implements Message {}

  /**
   * A piece of text.
   *
   * @param owner what is dropped when the compiler refuses this text: a candidate, or a number of
   *     its own from {@link #SHARED} on; -1 for text that belongs to all
   * @param within an owner with which this text is dropped, too; -1 for none
   */
  record Part(int owner, int within, String text) {
    /** Larger than the number of any candidate. */
    public static final int SHARED = 1 << 20;
  }

  /** A file that holds many candidates at once: its parts in order are its text. */
  record PartedFile(String path, List<Part> parts) {}

  /**
   * Judges candidates of the prepared program. Answered by {@link Verdicts} and at last {@link
   * Judged} or {@link Broken}. Candidates whose parts do not compile are dropped.
   *
   * @param candidates in the order of running
   * @param tests indices into the prepared tests, in the order of running
   * @param always so many tests run even when one fails; the rest end at the first failure
   * @param steps per test
   */
  record Judge(
      List<PartedFile> files, List<Integer> candidates, List<Integer> tests, int always, long steps)
      implements Message {}

  /**
   * What became of one candidate.
   *
   * @param end {@code PASSED} all tests, {@code FAILED}, {@code EXHAUSTED} (a test reached the
   *     limit, none failed before), {@code REFUSED} by the compiler or {@code STUCK} (the JVM ends
   *     after this)
   * @param passed tests that passed
   * @param threw tests that ended by an exception other than that of an assertion
   */
  record TrialVerdict(int candidate, String end, List<Integer> passed, List<Integer> threw) {}

  /** Some verdicts. */
  record Verdicts(List<TrialVerdict> verdicts, long cpuNanos) implements Message {}

  /** All verdicts were told; wall time of compiling and of running, for measurements. */
  record Judged(long cpuNanos, long compileNanos, long runNanos) implements Message {}

  /**
   * Asks what candidates do on inputs without an expectation: the tests are main programs. Answered
   * by {@link Behaved} or {@link Broken}.
   */
  record Behave(
      List<PartedFile> files, List<Integer> candidates, List<TrialSpec> inputs, long steps)
      implements Message {}

  /** One candidate's outcomes, input by input: what was printed and thrown, cut. */
  record Behavior(int candidate, List<String> outcomes) {}

  /** The answer to {@link Behave}; candidates that were refused or got stuck are missing. */
  record Behaved(List<Behavior> behaviors, long cpuNanos) implements Message {}

  /**
   * Asks what conditions would have to say at places that candidates mark with calls of the
   * laboratory's probe, for failing tests to pass. Answered by {@link Explored} or {@link Broken}.
   *
   * @param passing tests that pass without a candidate, as indices into the prepared ones
   * @param failing tests that fail without one
   * @param steps per run
   */
  record Explore(
      List<PartedFile> files,
      List<Integer> candidates,
      List<Integer> passing,
      List<Integer> failing,
      long steps)
      implements Message {}

  /**
   * One evaluation at a place.
   *
   * @param test that ran
   * @param way of making it pass, from 1; 0 for a test that passes as it is
   * @param asked what the condition itself said: 1, 0, or -1 when it was not asked or threw
   * @param used what the run went on with: 1, 0, or -1 when the condition threw
   * @param known a bit for each column whose value is known, as by {@code BitSet.toByteArray}
   * @param values of known columns in ascending order, eight bytes each
   */
  record ProbeSample(int test, int way, int asked, int used, byte[] known, byte[] values) {}

  /** What was seen at a candidate's place; equal samples of one test and way once. */
  record ProbedPlace(int candidate, List<Integer> repaired, List<ProbeSample> samples) {}

  /** The answer to {@link Explore}; candidates that were refused are missing. */
  record Explored(List<ProbedPlace> places, long cpuNanos) implements Message {}

  /** The child's machinery failed. */
  record Broken(String reason) implements Message {}

  /** A throwable; {@code cause} holds at most one element. */
  record Thrown(String type, String message, List<Frame> frames, List<Thrown> cause) {}

  /** A stack frame; {@code file} may be empty. */
  record Frame(String className, String method, String file, int line, boolean application) {}
}
