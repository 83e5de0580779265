package dev.fettle.testkit;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.FailingExpression;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.Replacement;
import dev.fettle.contract.model.SourcePlace;
import dev.fettle.contract.model.Suspect;
import dev.fettle.contract.spi.PatchGenerator;
import dev.fettle.contract.spi.RepairCase;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One golden folder of a repair template: {@code before/} is a program whose {@code Main} really
 * fails, {@code after/} holds the files that the best candidate changes, exactly. A folder named
 * {@code refuses-<why>} has no {@code after/}: the template must propose nothing.
 *
 * <p>{@code incident.properties} says what a diagnosis would: {@code fault}, and where the line is
 * not enough {@code expression}, {@code culprit}, {@code leak} ({@code Class.method:line}) and
 * {@code null} (locals of the failing frame that were null, with commas). With {@code
 * -Dgolden.update} {@code after/} is written instead of compared: read the difference before
 * committing it.
 */
public final class GoldenCase {
  private final Path folder;
  private final Properties incident = new Properties();

  private GoldenCase(Path folder) {
    this.folder = folder;
    try (Reader in = Files.newBufferedReader(folder.resolve("incident.properties"))) {
      incident.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The cases of a template, by name; none when it has no folder. */
  public static List<GoldenCase> of(Path goldens, String template) {
    Path folder = goldens.resolve(template);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> cases = Files.list(folder)) {
      return cases.filter(Files::isDirectory).sorted().map(GoldenCase::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder's name. */
  public String name() {
    return folder.getFileName().toString();
  }

  /** Whether the template must leave the program alone. */
  public boolean refuses() {
    return name().startsWith("refuses-");
  }

  /**
   * Checks everything the folder promises.
   *
   * @param template proposes with the one template only
   * @param scratch an empty directory
   * @throws AssertionError naming the first promise that is broken
   */
  public void check(PatchGenerator template, Path scratch) {
    Map<String, String> before = sources("before");
    Run lf = run(before, scratch.resolve("lf"));
    Optional<Candidate> best = template.candidates(lf.repairCase()).findFirst();
    if (refuses()) {
      best.ifPresent(
          c -> {
            throw new AssertionError(
                name()
                    + " is refused, but was proposed: "
                    + c.rationale()
                    + "\n"
                    + shown(c, before));
          });
      return;
    }
    Patch patch =
        best.orElseThrow(() -> new AssertionError(name() + ": nothing was proposed")).patch();
    Map<String, String> after = applied(patch, before);
    compare(after, before);
    Run repaired = compiled(after, scratch.resolve("after"));
    CapturedException still = repaired.failure();
    if (still != null && sameFailure(still, lf.exception())) {
      throw new AssertionError(name() + ": still fails with " + still.type());
    }
    idempotent(template, lf, repaired, patch, after);
    lineEnds(template, before, after, scratch.resolve("crlf"));
  }

  private static boolean sameFailure(CapturedException a, CapturedException b) {
    return a.type().equals(b.type())
        && a.topApplicationFrame()
            .map(CapturedFrame::method)
            .equals(b.topApplicationFrame().map(CapturedFrame::method))
        && String.valueOf(a.message()).equals(String.valueOf(b.message()));
  }

  private void compare(Map<String, String> after, Map<String, String> before) {
    Map<String, String> changed = new TreeMap<>(after);
    changed.entrySet().removeIf(e -> e.getValue().equals(before.get(e.getKey())));
    if (System.getProperty("golden.update") != null) {
      changed.forEach((path, text) -> write(folder.resolve("after").resolve(path), text));
      return;
    }
    Map<String, String> golden = sources("after");
    if (!golden.equals(changed)) {
      throw new AssertionError(
          name() + ": differs from after/\n--- expected\n" + golden + "\n--- but was\n" + changed);
    }
  }

  /** The same failure at the repaired place must not be repaired again. */
  private void idempotent(
      PatchGenerator template, Run first, Run repaired, Patch patch, Map<String, String> after) {
    FailingExpression e = first.repairCase().diagnosis().expression();
    if (e == null) {
      return;
    }
    String path = e.place().path();
    String text = after.get(path.substring(path.lastIndexOf('/') + 1));
    int start = moved(patch, path, e.place().start());
    if (text == null || start < 0 || !text.startsWith(e.text(), start)) {
      return;
    }
    RepairCase again = repaired.repairCase(first.exception(), start, e, text);
    template
        .candidates(again)
        .findFirst()
        .ifPresent(
            c -> {
              throw new AssertionError(
                  name()
                      + ": proposes again for what it repaired: "
                      + c.rationale()
                      + "\n"
                      + shown(c, after));
            });
  }

  private static int moved(Patch patch, String path, int offset) {
    int shift = 0;
    for (Replacement r : patch.replacements()) {
      if (!r.path().equals(path) || r.start() > offset) {
        continue;
      }
      if (r.end() > offset) {
        return -1;
      }
      shift += r.text().length() - r.expected().length();
    }
    return offset + shift;
  }

  private void lineEnds(
      PatchGenerator template,
      Map<String, String> before,
      Map<String, String> after,
      Path scratch) {
    Map<String, String> crlf = new LinkedHashMap<>();
    before.forEach((p, t) -> crlf.put(p, t.replace("\n", "\r\n")));
    Run run = run(crlf, scratch);
    Patch patch =
        template
            .candidates(run.repairCase())
            .findFirst()
            .orElseThrow(() -> new AssertionError(name() + ": nothing for CRLF"))
            .patch();
    applied(patch, crlf)
        .forEach(
            (path, text) -> {
              if (!text.equals(String.valueOf(after.get(path)).replace("\n", "\r\n"))) {
                throw new AssertionError(
                    name() + ": line ends of " + path + " are mixed:\n" + text);
              }
            });
  }

  private Run run(Map<String, String> sources, Path root) {
    Run run = compiled(sources, root);
    if (run.failure() == null) {
      throw new AssertionError(name() + ": Main of before/ does not fail");
    }
    return run;
  }

  private Run compiled(Map<String, String> sources, Path root) {
    TinyProject project = TinyProject.in(root);
    sources.forEach((path, text) -> project.write("src/main/java/" + prefix(text) + path, text));
    project.compile();
    return new Run(this, project, sources);
  }

  private static String prefix(String text) {
    var m = java.util.regex.Pattern.compile("(?m)^package ([\\w.]+);").matcher(text);
    return m.find() ? m.group(1).replace('.', '/') + "/" : "";
  }

  /** A compiled program and how its Main ended. */
  private static final class Run {
    private final GoldenCase golden;
    private final TinyProject project;
    private final Map<String, String> sources;
    private final @Nullable CapturedException failure;

    Run(GoldenCase golden, TinyProject project, Map<String, String> sources) {
      this.golden = golden;
      this.project = project;
      this.sources = sources;
      this.failure = end();
    }

    private @Nullable CapturedException end() {
      String main = prefix(sources.getOrDefault("Main.java", "")).replace('/', '.') + "Main";
      try {
        return golden.withNulls(project.failure(main, "main", (Object) new String[0]));
      } catch (AssertionError e) {
        if (String.valueOf(e.getMessage()).endsWith("threw nothing")) {
          return null;
        }
        throw e;
      }
    }

    @Nullable CapturedException failure() {
      return failure;
    }

    CapturedException exception() {
      if (failure == null) {
        throw new IllegalStateException("did not fail");
      }
      return failure;
    }

    RepairCase repairCase() {
      CapturedException e = exception();
      CapturedFrame top = e.root().topApplicationFrame().orElseThrow();
      String path = path(top.className());
      String text = sources.get(path.substring(path.lastIndexOf('/') + 1));
      if (text == null) {
        throw new AssertionError("no source of " + top.className());
      }
      return of(e, golden.expression(top, path, text), top, path);
    }

    RepairCase repairCase(CapturedException e, int start, FailingExpression was, String text) {
      int shift = start - was.place().start();
      int line = 1 + (int) text.substring(0, start).chars().filter(c -> c == '\n').count();
      SourcePlace place = shifted(was.place(), shift, line);
      SourcePlace culprit = was.culpritPlace();
      FailingExpression now =
          new FailingExpression(
              place,
              was.text(),
              was.culprit(),
              culprit == null ? null : shifted(culprit, shift, line));
      CapturedFrame top = e.root().topApplicationFrame().orElseThrow();
      return of(e, now, top, was.place().path());
    }

    private static SourcePlace shifted(SourcePlace p, int shift, int line) {
      return new SourcePlace(
          p.path(),
          p.className(),
          p.method(),
          p.descriptor(),
          line,
          p.start() + shift,
          p.end() + shift);
    }

    private RepairCase of(
        CapturedException e,
        @Nullable FailingExpression expression,
        CapturedFrame top,
        String path) {
      Incident incident = project.incident(e);
      List<Suspect> suspects = new ArrayList<>();
      SourcePlace failed =
          expression != null
              ? expression.place()
              : new SourcePlace(
                  path, top.className(), top.method(), top.descriptor(), top.line(), 0, 0);
      suspects.add(new Suspect(failed, 0.9, Suspect.Role.FAILED, List.of("it threw")));
      golden.leak().ifPresent(suspects::add);
      e.root().applicationFrames().stream()
          .skip(1)
          .limit(5)
          .map(
              f ->
                  new SourcePlace(
                      path(f.className()),
                      f.className(),
                      f.method(),
                      f.descriptor(),
                      f.line(),
                      0,
                      0))
          .map(p -> new Suspect(p, 0.5, Suspect.Role.CALLER, List.of("it called")))
          .forEach(suspects::add);
      Diagnosis diagnosis =
          new Diagnosis(
              incident.id(), golden.fault(), expression, suspects, "golden", List.of(), true, null);
      return new RepairCase(incident, diagnosis, project.tree(), project.model(), Optional.empty());
    }
  }

  private FaultClass fault() {
    return FaultClass.valueOf(incident.getProperty("fault"));
  }

  private static String path(String className) {
    return "src/main/java/" + className.replaceAll("\\$.*", "").replace('.', '/') + ".java";
  }

  private Optional<Suspect> leak() {
    String leak = incident.getProperty("leak");
    if (leak == null) {
      return Optional.empty();
    }
    int colon = leak.lastIndexOf(':');
    int dot = leak.lastIndexOf('.', colon);
    String owner = leak.substring(0, dot);
    SourcePlace place =
        new SourcePlace(
            path(owner),
            owner,
            leak.substring(dot + 1, colon),
            "",
            Integer.parseInt(leak.substring(colon + 1)),
            0,
            0);
    return Optional.of(new Suspect(place, 0.8, Suspect.Role.LEAK, List.of("it leaks")));
  }

  private CapturedException withNulls(CapturedException e) {
    String nulls = incident.getProperty("null");
    if (nulls == null || e.frames().isEmpty()) {
      return e;
    }
    int top = 0;
    while (top < e.frames().size() - 1 && !e.frames().get(top).application()) {
      top++;
    }
    return TinyProject.withValues(
        e,
        top,
        null,
        Stream.of(nulls.split(","))
            .map(
                n ->
                    new dev.fettle.contract.model.Variable(
                        n,
                        "Ljava/lang/Object;",
                        false,
                        new dev.fettle.contract.model.CapturedValue.Null("java.lang.Object")))
            .toArray(dev.fettle.contract.model.Variable[]::new));
  }

  private @Nullable FailingExpression expression(CapturedFrame top, String path, String text) {
    String wanted = incident.getProperty("expression");
    if (wanted == null) {
      return null;
    }
    int lineStart = 0;
    for (int line = 1; line < top.line(); line++) {
      lineStart = text.indexOf('\n', lineStart) + 1;
    }
    int start = text.indexOf(wanted, lineStart);
    if (start < 0) {
      throw new AssertionError(name() + ": no " + wanted + " at or after line " + top.line());
    }
    String culprit = incident.getProperty("culprit");
    int at = culprit == null ? -1 : wanted.indexOf(culprit);
    return new FailingExpression(
        place(top, path, start, wanted),
        wanted,
        culprit,
        at < 0 || culprit == null ? null : place(top, path, start + at, culprit));
  }

  private static SourcePlace place(CapturedFrame top, String path, int start, String text) {
    return new SourcePlace(
        path,
        top.className(),
        top.method(),
        top.descriptor(),
        top.line(),
        start,
        start + text.length());
  }

  private static Map<String, String> applied(Patch patch, Map<String, String> before) {
    Map<String, String> after = new LinkedHashMap<>(before);
    for (String path : patch.paths()) {
      String name = path.substring(path.lastIndexOf('/') + 1);
      String text = before.get(name);
      if (text == null) {
        throw new AssertionError("touches another file: " + path);
      }
      after.put(name, patch.apply(path, text));
    }
    return after;
  }

  private static String shown(Candidate c, Map<String, String> before) {
    Map<String, String> changed = applied(c.patch(), before);
    changed.entrySet().removeIf(e -> e.getValue().equals(before.get(e.getKey())));
    return String.join("\n", changed.values());
  }

  private Map<String, String> sources(String side) {
    Map<String, String> texts = new TreeMap<>();
    Path directory = folder.resolve(side);
    if (!Files.isDirectory(directory)) {
      return texts;
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path f : files.toList()) {
        texts.put(f.getFileName().toString(), Files.readString(f).replace("\r\n", "\n"));
      }
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
