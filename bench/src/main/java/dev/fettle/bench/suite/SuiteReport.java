package dev.fettle.bench.suite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a suite gave, in figures. */
public record SuiteReport(Duration budget, List<RepairSuite.Item> items) {
  public SuiteReport {
    items = List.copyOf(items);
  }

  /** Whether every project ended as its {@code expected.txt} says, where it has one. */
  public boolean asExpected() {
    return items.stream().allMatch(RepairSuite.Item::asExpected);
  }

  private long count(String end) {
    return items.stream().filter(i -> i.end().equals(end)).count();
  }

  /** As the members of one JSON object. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("items", items.size());
    json.put("plausible", count("REPAIRED"));
    json.put("confirmed", items.stream().filter(RepairSuite.Item::confirmed).count());
    json.put("passing", count("PASSING"));
    json.put("notRepaired", count("NOT_REPAIRED"));
    json.put("refused", count("REFUSED"));
    json.put("unreadable", count("UNREADABLE"));
    json.put("skipped", count("SKIPPED"));
    json.put("broken", count("BROKEN"));
    json.put("asExpected", items.stream().filter(RepairSuite.Item::asExpected).count());
    json.put("budgetSeconds", budget.toSeconds());
    List<Map<String, Object>> all = new ArrayList<>();
    for (RepairSuite.Item item : items) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("project", item.project());
      one.put("end", item.end());
      one.put("expected", item.expected());
      one.put("patches", item.patches());
      one.put("confirmed", item.confirmed());
      one.put("tried", item.tried());
      one.put("wallSeconds", item.wallSeconds());
      one.put("cpuSeconds", item.cpuSeconds());
      one.put("phases", item.phases());
      one.put("reason", item.reason());
      all.add(one);
    }
    json.put("perItem", all);
    return json;
  }

  /** As text. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%-32s %-13s %7s %9s %8s %8s%n",
            "project",
            "end",
            "patches",
            "confirmed",
            "wall s",
            "CPU s"));
    for (RepairSuite.Item item : items) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-32s %-13s %7d %9s %8.1f %8.1f %s%n",
              item.project(),
              item.end(),
              item.patches(),
              item.confirmed() ? "yes" : "",
              item.wallSeconds(),
              item.cpuSeconds(),
              item.asExpected() ? "" : "expected " + item.expected()));
    }
    return text.append(count("REPAIRED"))
        .append(" of ")
        .append(items.size())
        .append(" repaired, ")
        .append(count("SKIPPED"))
        .append(" skipped")
        .toString();
  }
}
