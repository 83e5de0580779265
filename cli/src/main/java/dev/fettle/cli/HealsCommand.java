package dev.fettle.cli;

import dev.fettle.cli.run.CommandFailure;
import dev.fettle.cli.run.ExitCode;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

@CommandLine.Command(
    name = "heals",
    mixinStandardHelpOptions = true,
    description = {
      "Lists what was healed in running programs, latest first.",
      "A site looks like shop.Prices.of:27."
    },
    subcommands = {HealsCommand.Disable.class, HealsCommand.Enable.class})
final class HealsCommand implements Callable<Integer> {
  @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;
  @CommandLine.Mixin ServerAddress server = new ServerAddress();
  @CommandLine.Mixin Output output = new Output();

  @CommandLine.Option(
      names = "--explain",
      paramLabel = "SITE",
      description = "All that is known of the heals of one site.")
  @Nullable String site;

  @Override
  public Integer call() {
    String query =
        site == null
            ? "/heals?size=200"
            : "/heals?size=20&site=" + URLEncoder.encode(site, StandardCharsets.UTF_8);
    JsonNode answer = server.client().get(query);
    PrintWriter out = Terminal.out(spec);
    if (site != null && answer.path("heals").isEmpty()) {
      throw new CommandFailure(ExitCode.NOTHING_FOUND, "nothing was healed at " + site);
    }
    if (output.json) {
      output.object(out, answer);
    } else if (site != null) {
      explain(out, answer);
    } else {
      list(out, answer);
    }
    return ExitCode.DONE.code();
  }

  private static void list(PrintWriter out, JsonNode answer) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("SITE", "EXCEPTION", "REMEDY", "TIMES", "OUTCOME", "INCIDENT"));
    for (JsonNode heal : answer.path("heals")) {
      rows.add(
          List.of(
              text(heal, "site"),
              text(heal, "exception"),
              text(heal, "remedy"),
              text(heal, "repeats"),
              text(heal, "outcome"),
              text(heal, "incident")));
    }
    Output.table(out, rows);
    if (answer.path("heals").isEmpty()) {
      out.println("nothing was healed; this server allows " + text(answer, "ceiling"));
    }
    answer.path("disabled").forEach(s -> out.println("off: " + Output.printable(s.asString())));
    out.flush();
  }

  private static void explain(PrintWriter out, JsonNode answer) {
    for (JsonNode heal : answer.path("heals")) {
      out.println(text(heal, "at") + "  " + text(heal, "site"));
      out.println("  " + text(heal, "exception") + " " + text(heal, "message"));
      out.println(
          "  "
              + text(heal, "remedy")
              + ": "
              + text(heal, "action")
              + " ("
              + text(heal, "rung")
              + ", confidence "
              + text(heal, "confidence")
              + ")");
      out.println("  root cause: " + text(heal, "rootCause"));
      out.println("  why: " + text(heal, "rationale"));
      out.println("  changes: " + text(heal, "callers"));
      heal.path("evidence")
          .forEach(e -> out.println("  counted: " + Output.printable(e.asString())));
      out.println("  outcome: " + text(heal, "outcome") + " " + text(heal, "why"));
      values(out, "before", heal.path("before"));
      values(out, "after", heal.path("after"));
    }
    out.flush();
  }

  private static void values(PrintWriter out, String when, JsonNode values) {
    for (JsonNode value : values) {
      out.println("  " + when + "  " + text(value, "name") + " = " + text(value, "value"));
    }
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isNull() || value.isMissingNode()
        ? ""
        : Output.printable(value.isString() ? value.asString() : value.toString());
  }

  /** Switches a site off, or on again. */
  private abstract static class Switch implements Callable<Integer> {
    @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;
    @CommandLine.Mixin ServerAddress server = new ServerAddress();
    @CommandLine.Mixin Output output = new Output();

    @CommandLine.Parameters(paramLabel = "SITE", description = "As fettle heals lists it.")
    String site = "";

    final int post(String action, String said) {
      if (!site.matches("[\\w.$<>]{3,500}:\\d{1,7}")) {
        throw new CommandFailure(
            ExitCode.USAGE,
            "not a site: " + Output.printable(site) + "; expected a.b.Class.method:line");
      }
      JsonNode answer = server.client().post("/heals/" + action, Map.of("site", site));
      PrintWriter out = Terminal.out(spec);
      if (output.json) {
        output.object(out, answer);
      } else {
        out.println(said + " " + site);
        if (!answer.path("known").asBoolean()) {
          out.println("nothing was healed there so far");
        }
        out.flush();
      }
      return ExitCode.DONE.code();
    }
  }

  @CommandLine.Command(
      name = "disable",
      mixinStandardHelpOptions = true,
      description = "Heals nothing at a site any more, in every connected program.")
  static final class Disable extends Switch {
    @Override
    public Integer call() {
      return post("disable", "healing is off at");
    }
  }

  @CommandLine.Command(
      name = "enable",
      mixinStandardHelpOptions = true,
      description = "Allows healing at a site again.")
  static final class Enable extends Switch {
    @Override
    public Integer call() {
      return post("enable", "healing is allowed at");
    }
  }
}
