package dev.fettle.llm.context;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.CommitRef;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.SourcePlace;
import dev.fettle.contract.model.Suspect;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.llm.settings.LlmSettings;
import dev.fettle.llm.talk.Tokens;
import dev.fettle.llm.text.Untrusted;
import dev.fettle.llm.vector.VectorShelf;
import dev.fettle.llm.vector.Vectors;
import dev.fettle.source.java.JavaFile;
import dev.fettle.source.java.JavaProject;
import dev.fettle.source.java.JavaSources;
import dev.fettle.source.java.MethodNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Gathers what a model should know of a repair case, most useful first, until the budget of tokens
 * is full: the failure, the suspects' methods with the failing line between {@code <error>} tags,
 * callers through the captured frames, the failing test, signatures of types that the suspect uses
 * (one import deep, then two), how the project treats the same thing elsewhere, existing tests,
 * commits that last touched the suspects, similar past incidents. A program of one short file is
 * shown whole. Thread-safe.
 */
public final class CaseReader {
  private static final int SMALL_LINES = 160;
  private static final int LONGEST_METHOD = 150;
  private static final int FRAMES = 12;

  /** Characters below which nothing is looked for any more. */
  private static final int LEAST_LEFT = 200;

  private final JavaSources sources;
  private final Supplier<PastCases> past;
  private final LlmSettings settings;
  private final VectorShelf shelf;

  /**
   * Finds similar incidents by their words alone.
   *
   * @param past asked once per case
   */
  public CaseReader(JavaSources sources, Supplier<PastCases> past, LlmSettings settings) {
    this(sources, past, settings, VectorShelf.none());
  }

  /**
   * @param past asked once per case
   * @param shelf vectors of incidents
   */
  public CaseReader(
      JavaSources sources, Supplier<PastCases> past, LlmSettings settings, VectorShelf shelf) {
    this.sources = sources;
    this.past = past;
    this.settings = settings;
    this.shelf = shelf;
  }

  /** What to tell of a case. */
  public Brief read(RepairCase repairCase) {
    return read(repairCase, settings);
  }

  /** The same under the settings that a repository left; may ask for vectors. */
  public Brief read(RepairCase repairCase, LlmSettings allowed) {
    String subject = repairCase.incident().id().value();
    return new Reading(repairCase, allowed, shelf.asking(subject, allowed.budget())).brief();
  }

  /** The same, sending nothing: with the vectors that are known. */
  public Brief shown(RepairCase repairCase, LlmSettings allowed) {
    return new Reading(repairCase, allowed, shelf.known()).brief();
  }

  /** One case being read; confined to the thread that opened its files. */
  private final class Reading {
    private final RepairCase repairCase;
    private final JavaProject project;
    private final Map<String, Optional<JavaFile>> parsed = new LinkedHashMap<>();
    private final List<Span> spans = new ArrayList<>();
    private final StringBuilder source = new StringBuilder();
    private final StringBuilder sections = new StringBuilder();
    private final LlmSettings allowed;
    private final Vectors vectors;
    private List<String> unsent = List.of();
    private int left;

    Reading(RepairCase repairCase, LlmSettings allowed, Vectors vectors) {
      this.repairCase = repairCase;
      this.allowed = allowed;
      this.vectors = vectors;
      this.left = Tokens.characters(allowed.budget().contextTokens());
      this.project = sources.project(repairCase.tree(), repairCase.project());
    }

    Brief brief() {
      String failure = failure();
      left -= failure.length();
      suspects();
      callers();
      section("Failing test", test());
      section("Types in use", signatures());
      section("The same thing elsewhere in this project", elsewhere());
      section("Existing tests of these classes", tests());
      section("Commits that last touched these lines", commits());
      section("Similar incidents and how they ended", pastCases());
      StringJoiner names = new StringJoiner(", ");
      spans.stream().filter(Span::editable).forEach(s -> names.add(s.name()));
      Map<String, String> parts = new LinkedHashMap<>();
      parts.put("failure", failure);
      parts.put("source", source.toString().stripTrailing());
      parts.put("sections", sections.toString());
      parts.put("spans", names.toString());
      return new Brief(parts, spans, unsent);
    }

    private String failure() {
      Diagnosis diagnosis = repairCase.diagnosis();
      CapturedException exception = repairCase.incident().exception();
      StringBuilder text = new StringBuilder();
      text.append("Class of fault: ").append(diagnosis.faultClass()).append('\n');
      String label = "Exception: ";
      for (CapturedException e = exception; e != null; e = e.cause()) {
        text.append(label).append(Untrusted.line(e.type(), 200)).append('\n');
        if (e.message() != null && !e.message().isEmpty()) {
          text.append(Untrusted.tagged("message", "exception", Untrusted.line(e.message(), 600)))
              .append('\n');
        }
        label = "Caused by: ";
      }
      text.append("Diagnosis: ")
          .append(Untrusted.line(diagnosis.rootCause(), 600))
          .append("\nFrames of the application, innermost first:\n");
      CapturedException root = exception.root();
      List<CapturedFrame> frames =
          root.applicationFrames().isEmpty() ? exception.frames() : root.applicationFrames();
      frames.stream()
          .limit(FRAMES)
          .forEach(f -> text.append("  ").append(Untrusted.line(f.display(), 200)).append('\n'));
      frames.stream().filter(CapturedFrame::hasValues).limit(2).forEach(f -> values(f, text));
      for (Suspect suspect : diagnosis.suspects().stream().limit(4).toList()) {
        text.append(suspect.role().name().toLowerCase(java.util.Locale.ROOT))
            .append(" at ")
            .append(Untrusted.line(suspect.place().display(), 200))
            .append(": ")
            .append(Untrusted.line(String.join(" ", suspect.evidence()), 400))
            .append('\n');
      }
      return text.toString().stripTrailing();
    }

    private void values(CapturedFrame frame, StringBuilder text) {
      String values = new Notes(allowed.values()).of(frame);
      text.append(
              Untrusted.tagged("value", "frame " + frame.display(), Untrusted.block(values, 2400)))
          .append('\n');
    }

    /** Methods of suspects; all of a program that is one short file. */
    private void suspects() {
      Set<Integer> failing = new TreeSet<>();
      repairCase.diagnosis().suspects().stream()
          .filter(s -> s.role() == Suspect.Role.FAILED)
          .forEach(s -> failing.add(s.place().line()));
      List<String> mains = project.index().mainFiles();
      if (mains.size() <= 2) {
        for (String path : mains) {
          String text = project.index().text(path).orElse("");
          int lines = (int) text.lines().count();
          if (lines <= SMALL_LINES && text.length() < left / 2 && lines > 0) {
            show(path, 1, lines, true, "the whole file", failing);
          }
        }
      }
      for (Suspect suspect : repairCase.diagnosis().suspects()) {
        SourcePlace place = suspect.place();
        if (spans.size() < 6 && shownAt(place.path(), place.line()).isEmpty()) {
          showAround(place, true, failing);
        }
      }
    }

    private void callers() {
      CapturedException root = repairCase.incident().exception().root();
      int shown = 0;
      for (CapturedFrame frame : root.applicationFrames()) {
        Optional<String> path = project.index().declaring(frame.className());
        if (shown >= 3 || path.isEmpty() || frame.line() < 1) {
          continue;
        }
        if (shownAt(path.get(), frame.line()).isEmpty()) {
          SourcePlace place =
              new SourcePlace(
                  path.get(), frame.className(), frame.method(), "", frame.line(), 0, 0);
          showAround(place, false, Set.of());
          shown++;
        }
      }
    }

    private Optional<Span> shownAt(String path, int line) {
      return spans.stream().filter(s -> s.path().equals(path) && s.holds(line)).findFirst();
    }

    private void showAround(SourcePlace place, boolean editable, Set<Integer> failing) {
      Optional<JavaFile> file = file(place.path());
      Optional<MethodNode> method =
          file.flatMap(
              f ->
                  f.methods().stream()
                      .filter(m -> m.covers(place.line()) && m.tree() instanceof MethodTree)
                      .min(java.util.Comparator.comparingInt(m -> m.lastLine() - m.firstLine())));
      int lines = (int) project.index().text(place.path()).orElse("").lines().count();
      if (place.line() > lines) {
        return;
      }
      int first = method.map(MethodNode::firstLine).orElse(Math.max(1, place.line() - 15));
      first = method.isPresent() ? commented(place.path(), first) : first;
      int last = method.map(MethodNode::lastLine).orElse(Math.min(lines, place.line() + 15));
      if (last - first > LONGEST_METHOD) {
        first = Math.max(first, place.line() - LONGEST_METHOD / 2);
        last = Math.min(last, place.line() + LONGEST_METHOD / 2);
      }
      String what = method.map(m -> "method " + m.display()).orElse("lines");
      show(place.path(), first, last, editable, what, failing);
    }

    /** The line where the comment before a method begins. */
    private int commented(String path, int first) {
      List<String> lines = project.index().text(path).orElse("").lines().toList();
      int line = first;
      while (line > 1
          && first - line < 30
          && lines.get(line - 2).strip().matches("(/\\*|\\*|//).*")) {
        line--;
      }
      return line;
    }

    private void show(
        String path, int first, int last, boolean editable, String what, Set<Integer> failing) {
      List<String> lines = project.index().text(path).orElse("").lines().toList();
      StringBuilder text = new StringBuilder();
      for (int n = first; n <= Math.min(last, lines.size()); n++) {
        String line = Untrusted.source(lines.get(n - 1), 1000);
        boolean error = editable && failing.contains(n);
        text.append(n).append("| ");
        text.append(error ? "<error>" + line + "</error>" : line).append('\n');
      }
      if (text.length() > left - 600) {
        return;
      }
      Span span = new Span(Span.name(spans.size()), path, first, last, editable, what);
      String origin =
          "span "
              + span.name()
              + (editable ? ", editable, " : ", for reading only, ")
              + what
              + " of "
              + path;
      String tagged = Untrusted.tagged("source", origin, text.toString());
      spans.add(span);
      source.append(tagged).append('\n');
      left -= tagged.length();
    }

    private void section(String title, String text) {
      String body = "\n## " + title + "\n" + text + "\n";
      if (text.isEmpty() || body.length() > left) {
        return;
      }
      sections.append(body);
      left -= body.length();
    }

    private String test() {
      return repairCase
          .test()
          .map(
              t ->
                  Untrusted.tagged(
                      "test",
                      t.rung().name(),
                      Untrusted.source(t.text(), Math.min(6000, left / 3))))
          .orElse("");
    }

    /** Declarations of project types that the suspect's file imports or shares a package with. */
    private String signatures() {
      StringJoiner all = new StringJoiner("\n");
      Set<String> seen = new LinkedHashSet<>();
      spans.forEach(s -> seen.add(s.path()));
      String prime = repairCase.diagnosis().prime().place().path();
      Set<String> near = used(prime, seen);
      near.stream().limit(8).forEach(p -> outline(p).ifPresent(all::add));
      Set<String> far = new LinkedHashSet<>();
      near.stream().limit(4).forEach(p -> far.addAll(used(p, seen)));
      if (all.length() < left / 4) {
        far.stream().limit(4).forEach(p -> outline(p).ifPresent(all::add));
      }
      String text = all.toString();
      return text.isEmpty()
          ? ""
          : Untrusted.tagged("source", "declarations", cut(text, Math.min(9000, left / 2)));
    }

    /** Files of project types that a file names, not seen before, nearest first. */
    private Set<String> used(String path, Set<String> seen) {
      Set<String> files = new LinkedHashSet<>();
      Optional<JavaFile> file = file(path);
      if (file.isEmpty()) {
        return files;
      }
      String text = file.get().text();
      for (ImportTree imported : file.get().imports()) {
        String name = imported.getQualifiedIdentifier().toString();
        project.index().declaring(name).filter(seen::add).ifPresent(files::add);
      }
      String folder = path.substring(0, path.lastIndexOf('/') + 1);
      for (String sibling : project.index().mainFiles()) {
        if (files.size() < 12
            && sibling.startsWith(folder)
            && sibling.indexOf('/', folder.length()) < 0) {
          String simple = sibling.substring(folder.length()).replace(".java", "");
          if (text.contains(simple) && seen.add(sibling)) {
            files.add(sibling);
          }
        }
      }
      return files;
    }

    private Optional<String> outline(String path) {
      return file(path)
          .map(
              f -> {
                StringJoiner lines = new StringJoiner("\n");
                for (Tree type : f.unit().getTypeDecls()) {
                  if (type instanceof ClassTree declared) {
                    declarations(f, declared, lines);
                  }
                }
                return lines.toString();
              })
          .filter(t -> !t.isBlank())
          .map(t -> Untrusted.source(t, 2500));
    }

    private static void declarations(JavaFile file, ClassTree type, StringJoiner lines) {
      String text = file.source(type);
      int brace = text.indexOf('{');
      lines.add((brace < 0 ? text : text.substring(0, brace)).strip() + " {");
      for (Tree member : type.getMembers()) {
        if (!file.written(member)) {
          continue;
        }
        if (member instanceof MethodTree method) {
          String whole = file.source(method);
          int body = method.getBody() == null ? -1 : file.start(method.getBody());
          int length = body < 0 ? whole.length() : body - file.start(method);
          lines.add("  " + whole.substring(0, Math.min(length, whole.length())).strip() + ";");
        } else if (member instanceof VariableTree field) {
          lines.add("  " + file.source(field).lines().findFirst().orElse(""));
        } else if (member instanceof ClassTree inner && lines.length() < 2000) {
          lines.add("  " + inner.getSimpleName() + " { ... }");
        }
      }
      lines.add("}");
    }

    /** Lines of other files that check the culprit's name, nearest package first. */
    private String elsewhere() {
      var expression = repairCase.diagnosis().expression();
      String culprit = expression == null ? null : expression.culprit();
      String name =
          culprit == null ? "" : culprit.replaceAll(".*?(\\w+)\\s*(\\([^()]*\\))?$", "$1");
      if (name.length() < 3 || !Character.isJavaIdentifierStart(name.charAt(0))) {
        return "";
      }
      StringJoiner found = new StringJoiner("\n");
      int count = 0;
      for (String path : project.index().mentioning(name)) {
        int number = 0;
        for (String line : project.index().text(path).orElse("").lines().toList()) {
          number++;
          boolean check =
              shownAt(path, number).isEmpty()
                  && line.contains(name)
                  && line.matches(".*(null|isEmpty|size\\(|length|<|>=|orElse|requireNonNull).*");
          if (check && count < 8 && line.length() < 200) {
            found.add(path + ": " + Untrusted.source(line.strip(), 200));
            count++;
          }
        }
        if (count >= 8) {
          break;
        }
      }
      return count == 0 ? "" : Untrusted.tagged("source", "project", found.toString());
    }

    private String tests() {
      Set<String> classes = new LinkedHashSet<>();
      repairCase.diagnosis().suspects().stream()
          .limit(2)
          .forEach(s -> classes.add(simple(s.place().className())));
      StringJoiner found = new StringJoiner("\n");
      int count = 0;
      for (String path : project.index().testFiles()) {
        String file = path.substring(path.lastIndexOf('/') + 1).replace(".java", "");
        boolean about = classes.stream().anyMatch(c -> !c.isEmpty() && file.startsWith(c));
        if (about && count < 3) {
          outline(path).ifPresent(o -> found.add(path + "\n" + cut(o, 1200)));
          count++;
        }
      }
      return count == 0 ? "" : Untrusted.tagged("test", "project", found.toString());
    }

    private String commits() {
      StringJoiner found = new StringJoiner("\n");
      for (CommitRef commit : repairCase.diagnosis().commits().stream().limit(5).toList()) {
        found.add(
            commit.revision().substring(0, Math.min(10, commit.revision().length()))
                + " "
                + commit.at()
                + " "
                + Untrusted.line(commit.path(), 200)
                + ": "
                + Untrusted.line(commit.subject(), 200));
      }
      return found.length() == 0 ? "" : Untrusted.tagged("commit", "git", found.toString());
    }

    private String pastCases() {
      CapturedException root = repairCase.incident().exception().root();
      String failure =
          root.type()
              + " "
              + root.topApplicationFrame().map(CapturedFrame::display).orElse("")
              + " "
              + (root.message() == null ? "" : root.message())
              + " "
              + repairCase.diagnosis().faultClass();
      StringJoiner found = new StringJoiner("\n");
      if (left < LEAST_LEFT) {
        return "";
      }
      PastCases cases = past.get();
      String self = repairCase.incident().id().value();
      List<PastCase> similar = cases.similar(failure, self, 3, vectors);
      unsent = shelf.on() ? shelf.unknown(cases.texts(failure, self)) : List.of();
      for (PastCase one : similar) {
        found.add(
            Untrusted.line(one.failure(), 200)
                + " | changed: "
                + Untrusted.line(one.change(), 400)
                + " | ended: "
                + Untrusted.line(one.ending(), 200));
      }
      return found.length() == 0 ? "" : Untrusted.tagged("past", "journal", found.toString());
    }

    private Optional<JavaFile> file(String path) {
      return parsed.computeIfAbsent(path, project::parsed);
    }

    private static String cut(String text, int limit) {
      return text.length() <= limit ? text : text.substring(0, Math.max(0, limit)) + "\n...";
    }

    private static String simple(String className) {
      String outer =
          className.contains("$") ? className.substring(0, className.indexOf('$')) : className;
      return outer.substring(outer.lastIndexOf('.') + 1);
    }
  }
}
