package dev.fettle.bench.repair;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.Fingerprint;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.Origin;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.Signal;
import dev.fettle.contract.model.TrustTier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A code base of a wanted size on disk: classes of about 200 lines that use each other, some with a
 * method that calls what a look-up may not find. The same for a seed.
 */
public final class GeneratedCode {
  private static final int CLASSES_PER_PACKAGE = 50;
  private static final int METHODS = 24;
  private static final String FIND = "find";

  /** Inside the second method of each class. */
  private static final int STEP_LINE = 22;

  private final Path root;
  private final Random random;
  private final List<Faulty> faulty = new ArrayList<>();
  private int files;
  private long lines;

  private GeneratedCode(Path root, long seed) {
    this.root = root;
    this.random = new Random(seed);
  }

  /** A place that throws when its look-up finds nothing. */
  record Faulty(String className, String method, String file, int line) {}

  /**
   * Writes it below {@code root}.
   *
   * @param wanted lines at least
   */
  public static GeneratedCode write(Path root, long wanted, long seed) throws IOException {
    GeneratedCode code = new GeneratedCode(root, seed);
    while (code.lines < wanted) {
      code.add();
    }
    code.compileFaulty();
    return code;
  }

  Path root() {
    return root;
  }

  int files() {
    return files;
  }

  long lines() {
    return lines;
  }

  /** One of the places, spread over all of the code. */
  Faulty faulty(int number) {
    return faulty.get((int) ((long) number * 7919 % faulty.size()));
  }

  /** As a build without libraries or tests. */
  ProjectModel project(Path jdk) {
    return ProjectModel.plain(
        root, List.of(root.resolve("src/main/java")), root.resolve("target/classes"), jdk);
  }

  /**
   * A failure at one place.
   *
   * @param callers whose methods are above it on the stack
   */
  Incident incident(Faulty at, List<Faulty> callers) {
    List<CapturedFrame> frames = new ArrayList<>();
    frames.add(frame(at, at.method(), at.line()));
    callers.forEach(c -> frames.add(frame(c, "step1", STEP_LINE)));
    CapturedException thrown =
        new CapturedException("java.lang.NullPointerException", null, frames, null);
    Instant now = Instant.EPOCH;
    Signal signal =
        new Signal(
            "trace",
            Signal.Kind.ERROR,
            new Origin("large", "trace", null, null, null, "trace"),
            TrustTier.AUTHENTICATED,
            now,
            "main",
            thrown,
            null,
            "a trace of generated code",
            1);
    return new Incident(
        new IncidentId("inc-large0"),
        new Fingerprint(List.of(at.className()), "large-1"),
        thrown.type(),
        now,
        now,
        1,
        signal);
  }

  private static CapturedFrame frame(Faulty at, String method, int line) {
    return new CapturedFrame(at.className(), method, "", at.file(), line, true, null, List.of());
  }

  private void add() throws IOException {
    int number = files++;
    String packageName = "big.p" + number / CLASSES_PER_PACKAGE;
    String name = "Part" + number;
    List<String> text = new ArrayList<>();
    text.add("package " + packageName + ";");
    text.add("");
    text.add("import java.util.HashMap;");
    text.add("import java.util.Map;");
    text.add("");
    text.add("/** Keeps entries of kind " + number + ". */");
    text.add("public class " + name + " {");
    text.add("  private final Map<String, String> entries = new HashMap<>();");
    text.add("  private int count = " + random.nextInt(100) + ";");
    for (int method = 0; method < METHODS; method++) {
      method(text, number, method);
    }
    int line = text.size() + 4;
    text.add("");
    text.add("  public int sizeOf(String key) {");
    text.add("    String entry = " + FIND + "(key);");
    text.add("    return entry.length() + count;");
    text.add("  }");
    text.add("");
    text.add("  private String " + FIND + "(String key) {");
    text.add("    return entries.get(key);");
    text.add("  }");
    text.add("}");
    Path file =
        root.resolve("src/main/java")
            .resolve(packageName.replace('.', '/'))
            .resolve(name + ".java");
    Files.createDirectories(file.getParent());
    Files.write(file, text);
    lines += text.size();
    faulty.add(new Faulty(packageName + "." + name, "sizeOf", name + ".java", line));
  }

  private void method(List<String> text, int number, int method) {
    int other = number == 0 ? 0 : random.nextInt(number);
    String type = "big.p" + other / CLASSES_PER_PACKAGE + ".Part" + other;
    text.add("");
    text.add("  public int step" + method + "(" + type + " other, int limit) {");
    text.add("    int sum = " + random.nextInt(50) + ";");
    text.add("    for (int i = 0; i < limit; i++) {");
    text.add("      sum += i % " + (2 + random.nextInt(9)) + " == 0 ? count : other.hashCode();");
    text.add("    }");
    text.add("    return sum;");
    text.add("  }");
  }

  /** Only what a trace will name: a diagnosis wants the class file of what threw. */
  private void compileFaulty() throws IOException {
    Path output = Files.createDirectories(root.resolve("target/classes"));
    List<Path> sources = new ArrayList<>();
    for (int i = 0; i < Math.min(100, faulty.size()); i++) {
      String className = faulty(i).className();
      sources.add(root.resolve("src/main/java").resolve(className.replace('.', '/') + ".java"));
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "-g",
              "-implicit:none",
              "-proc:none",
              "-sourcepath",
              root.resolve("src/main/java").toString(),
              "-d",
              output.toString());
      boolean compiled =
          compiler
              .getTask(
                  null,
                  manager,
                  null,
                  options,
                  null,
                  manager.getJavaFileObjectsFromPaths(sources.stream().distinct().toList()))
              .call();
      if (!compiled) {
        throw new IOException("the generated code does not compile: wanted " + sources.size());
      }
    }
  }
}
