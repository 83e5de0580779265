package dev.fettle.bench.runtime;

import dev.fettle.bench.host.BenchFailure;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A program that raises an uncaught exception.
 *
 * @param source one compilation unit: the program, a line {@value #HARNESS}, class {@code Main}
 * @param expectedOutput what the reference prints; for scoring only
 * @param cluster names near-duplicates alike
 * @param problem the task that the program solves; programs of one problem are not independent
 * @param extraTests other harnesses; for scoring only
 */
record RuntimeItem(
    String id,
    String source,
    String exception,
    String expectedOutput,
    String cluster,
    String problem,
    List<ExtraTest> extraTests) {

  static final String HARNESS = "// ==== HARNESS ====";
  private static final int LARGEST_LINE = 1 << 20;
  private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package\\s+([\\w.]+)\\s*;");

  /**
   * Another harness for the same program.
   *
   * @param harness replaces what follows the harness line
   */
  record ExtraTest(String harness, String expectedOutput) {}

  public RuntimeItem {
    extraTests = List.copyOf(extraTests);
  }

  /** The class whose {@code main} runs the test: {@code Main}, in the package of the program. */
  String mainClass() {
    Matcher declared = PACKAGE.matcher(source);
    return declared.find() ? declared.group(1) + ".Main" : "Main";
  }

  /** The program with another harness. */
  String with(ExtraTest test) {
    int line = source.indexOf(HARNESS);
    return source.substring(0, line + HARNESS.length()) + "\n" + test.harness();
  }

  /** Reads one JSON object per line; a bad line is named with what was expected. */
  static List<RuntimeItem> read(Path file) {
    List<RuntimeItem> items = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    int number = 0;
    for (String line : lines(file)) {
      number++;
      if (!line.isBlank()) {
        RuntimeItem item = parse(line, file + " line " + number + ": ");
        if (!ids.add(item.id)) {
          throw BenchFailure.usage(file + " line " + number + ": second item " + item.id);
        }
        items.add(item);
      }
    }
    if (items.isEmpty()) {
      throw BenchFailure.usage(file + " holds no item; expected one JSON object per line");
    }
    return items;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      throw BenchFailure.usage("no such file: " + file);
    } catch (MalformedInputException e) {
      throw BenchFailure.usage(file + " is not UTF-8 text; expected one JSON object per line");
    } catch (IOException e) {
      throw BenchFailure.usage("cannot read " + file + ": " + e.getMessage());
    }
  }

  private static RuntimeItem parse(String line, String where) {
    if (line.length() > LARGEST_LINE) {
      throw BenchFailure.usage(where + "longer than " + LARGEST_LINE + " characters");
    }
    JsonNode node;
    try {
      node = JsonMapper.builder().build().readTree(line);
    } catch (JacksonException e) {
      throw BenchFailure.usage(where + "not JSON: " + e.getOriginalMessage());
    }
    if (!node.isObject()) {
      throw BenchFailure.usage(where + "expected a JSON object");
    }
    String source = text(node, "source", where);
    if (!source.contains(HARNESS)) {
      throw BenchFailure.usage(where + "\"source\" lacks the line " + HARNESS);
    }
    List<ExtraTest> extra = new ArrayList<>();
    for (JsonNode test : node.path("extra_tests")) {
      extra.add(
          new ExtraTest(text(test, "main_source", where), text(test, "expected_stdout", where)));
    }
    String id = text(node, "id", where);
    return new RuntimeItem(
        id,
        source,
        text(node, "exception", where),
        text(node, "expected_stdout", where),
        node.path("cluster").asString(id),
        problem(node.path("origin_id").asString(id)),
        extra);
  }

  private static String text(JsonNode node, String name, String where) {
    JsonNode value = node.path(name);
    if (!value.isString()) {
      throw BenchFailure.usage(where + "expected a string \"" + name + "\"");
    }
    return value.asString();
  }

  /** What follows the last number of an origin: {@code …-condition_error-3-missing-number}. */
  static String problem(String origin) {
    return origin.replaceFirst("^.*-\\d+-(?=\\D)", "");
  }
}
