package dev.fettle.cli;

import dev.fettle.cli.run.OutsideText;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a command writes: data to standard output, or with {@code --json} exactly one object. */
final class Output {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @CommandLine.Option(
      names = "--json",
      description = "Print exactly one JSON object on standard output.")
  boolean json;

  void object(PrintWriter out, Object value) {
    out.println(JSON.writeValueAsString(value));
    out.flush();
  }

  /** The named member on one line; empty when absent. */
  static String text(JsonNode node, String... path) {
    return line(block(node, path));
  }

  /** As {@link #text}, with its line breaks. */
  static String block(JsonNode node, String... path) {
    JsonNode at = node;
    for (String name : path) {
      at = at.path(name);
    }
    return at.isMissingNode() || at.isNull() ? "" : printable(at.asString());
  }

  /** See {@link OutsideText#printable}. */
  static String printable(String text) {
    return OutsideText.printable(text);
  }

  /** See {@link OutsideText#line}. */
  static String line(String text) {
    return OutsideText.line(text);
  }

  /** Rows in aligned columns, two blanks between; every cell on one line. */
  static void table(PrintWriter out, List<List<String>> cells) {
    List<List<String>> rows =
        cells.stream().map(row -> row.stream().map(Output::line).toList()).toList();
    int[] width = new int[rows.stream().mapToInt(List::size).max().orElse(0)];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        width[i] = Math.max(width[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        String cell = row.get(i);
        line.append(cell);
        if (i < row.size() - 1) {
          line.append(" ".repeat(width[i] - cell.length() + 2));
        }
      }
      out.println(line.toString().stripTrailing());
    }
    out.flush();
  }
}
