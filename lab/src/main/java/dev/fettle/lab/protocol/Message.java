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
   * @param narrowed whether something that other classes may use is gone or different
   */
  record Compiled(
      List<ClassBytes> main,
      List<ClassBytes> tests,
      List<String> unchanged,
      List<String> recompiled,
      List<String> changedMethods,
      boolean narrowed)
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
   */
  record Drive(
      List<String> testClasses,
      List<String> methods,
      List<ClassBytes> overlay,
      List<String> recompiled,
      String mode,
      boolean lines)
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

  /** Lines of one class, each once. */
  record LinesOf(String className, List<Integer> lines) {}

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
   */
  record ClassDone(String className, long millis, boolean context, List<String> entered)
      implements Message {}

  /** The request is done; {@code tired} asks for a fresh child. */
  record Done(boolean tired) implements Message {}

  /** Asks which of the test classes reach one of the classes through constant pools. */
  record Reach(List<String> testClasses, List<String> classes) implements Message {}

  /** The answer to {@link Reach}. */
  record Reached(List<String> testClasses) implements Message {}

  /** The child's machinery failed. */
  record Broken(String reason) implements Message {}

  /** A throwable; {@code cause} holds at most one element. */
  record Thrown(String type, String message, List<Frame> frames, List<Thrown> cause) {}

  /** A stack frame; {@code file} may be empty. */
  record Frame(String className, String method, String file, int line, boolean application) {}
}
