package dev.fettle.sandbox;

import dev.fettle.contract.model.TestResult;
import dev.fettle.lab.protocol.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a module's tests do at the base revision, seen in two runs.
 *
 * @param passing {@code class#method} of tests that passed both times
 * @param leftOut tests that failed or differed between the runs
 * @param classes test classes that ran to their end, with what they enter
 */
record BaseModule(Set<String> passing, Set<String> leftOut, Map<String, BaseClass> classes) {

  /**
   * One test class: whether it starts an application context, the main methods it enters, and those
   * of them that it enters on behalf of later classes too.
   */
  record BaseClass(boolean context, Set<String> entered, Set<String> lasting) {}

  /** From the results of the run with coverage and of one without. */
  static BaseModule of(
      List<TestResult> first, List<TestResult> second, List<Message.ClassDone> done) {
    Set<String> passing = names(first, true);
    Set<String> leftOut = names(first, false);
    leftOut.addAll(names(second, false));
    Set<String> again = names(second, true);
    passing.stream().filter(t -> !again.contains(t)).forEach(leftOut::add);
    passing.removeAll(leftOut);
    Map<String, BaseClass> classes = new LinkedHashMap<>();
    done.forEach(
        d ->
            classes.put(
                d.className(),
                new BaseClass(d.context(), Set.copyOf(d.entered()), Set.copyOf(d.lasting()))));
    return new BaseModule(passing, leftOut, classes);
  }

  private static Set<String> names(List<TestResult> results, boolean passed) {
    Set<String> names = new LinkedHashSet<>();
    for (TestResult result : results) {
      if (passed
          ? result.status() == TestResult.Status.PASSED
          : result.status() == TestResult.Status.FAILED) {
        names.add(result.name());
      }
    }
    return names;
  }

  /** Test classes that enter one of the methods, contexts included. */
  List<String> entering(Set<String> methods) {
    List<String> entering = new ArrayList<>();
    classes.forEach(
        (name, seen) -> {
          if (seen.entered().stream().anyMatch(methods::contains)) {
            entering.add(name);
          }
        });
    return entering;
  }

  /**
   * Test classes that can notice that the methods changed: those that enter one, and those that
   * come after one that entered it on their behalf. Without any of the methods a run is the same as
   * at the base revision, instruction by instruction.
   */
  Set<String> noticing(Set<String> methods) {
    Set<String> noticing = new LinkedHashSet<>();
    boolean lasts = false;
    for (Map.Entry<String, BaseClass> e : classes.entrySet()) {
      lasts |= e.getValue().lasting().stream().anyMatch(methods::contains);
      if (lasts || e.getValue().entered().stream().anyMatch(methods::contains)) {
        noticing.add(e.getKey());
      }
    }
    return noticing;
  }

  /** The classes without an application context, as a run reports them. */
  List<Message.ClassDone> plain() {
    return classes.entrySet().stream()
        .filter(e -> !e.getValue().context())
        .map(e -> new Message.ClassDone(e.getKey(), 0, false, List.of(), List.of()))
        .toList();
  }

  boolean context(String testClass) {
    BaseClass known = classes.get(testClass);
    return known != null && known.context();
  }

  void save(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    passing.forEach(t -> lines.add("passing\t" + oneLine(t)));
    leftOut.forEach(t -> lines.add("leftOut\t" + oneLine(t)));
    classes.forEach(
        (name, seen) -> {
          lines.add("class\t" + name + "\t" + seen.context());
          seen.entered().forEach(m -> lines.add("enters\t" + m));
          seen.lasting().forEach(m -> lines.add("lasting\t" + m));
        });
    lines.add("end");
    Files.createDirectories(file.getParent());
    Path fresh = Files.createTempFile(file.getParent(), "base", ".tmp");
    Files.write(fresh, lines);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String oneLine(String text) {
    return text.replaceAll("[\\t\\r\\n]", " ");
  }

  /**
   * @throws IOException when the file is missing or cut
   */
  static BaseModule load(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty() || !lines.get(lines.size() - 1).equals("end")) {
      throw new IOException("cut: " + file);
    }
    Set<String> passing = new LinkedHashSet<>();
    Set<String> leftOut = new LinkedHashSet<>();
    Map<String, BaseClass> classes = new LinkedHashMap<>();
    Set<String> entered = new HashSet<>();
    Set<String> lasting = new HashSet<>();
    for (String line : lines) {
      String[] parts = line.split("\t", -1);
      switch (parts[0]) {
        case "passing" -> passing.add(parts[1]);
        case "leftOut" -> leftOut.add(parts[1]);
        case "class" -> {
          entered = new HashSet<>();
          lasting = new HashSet<>();
          classes.put(parts[1], new BaseClass(Boolean.parseBoolean(parts[2]), entered, lasting));
        }
        case "enters" -> entered.add(parts[1]);
        case "lasting" -> lasting.add(parts[1]);
        default -> {}
      }
    }
    return new BaseModule(passing, leftOut, classes);
  }
}
