package dev.fettle.bench;

import dev.fettle.bench.agreement.Agreement;
import dev.fettle.bench.host.BenchFailure;
import dev.fettle.bench.host.Folders;
import dev.fettle.checkout.FolderTree;
import dev.fettle.sandbox.Sandbox;
import dev.fettle.sandbox.confine.HostExecution;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

@CommandLine.Command(
    name = "agreement",
    mixinStandardHelpOptions = true,
    description =
        "Compares verdicts of tests: warm direct calls in the laboratory against the project's own"
            + " build.")
final class AgreementCommand implements Callable<Integer> {
  @CommandLine.Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @CommandLine.Option(
      names = "--project",
      paramLabel = "DIR",
      description = "A project with a Maven build; repeatable (default: the five fixtures).")
  List<Path> projects = List.of();

  @CommandLine.Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "3",
      description = "Runs of each (default: ${DEFAULT-VALUE}).")
  int runs;

  @CommandLine.Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Override
  public Integer call() throws IOException {
    if (runs < 1) {
      throw BenchFailure.usage("--runs " + runs + ": wanted at least 1");
    }
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Path data = Files.createTempDirectory("fettle-agreement");
    List<Row> rows = new ArrayList<>();
    try (Sandbox sandbox = Sandbox.open(data, HostExecution.ALLOWED)) {
      Agreement agreement = new Agreement(sandbox, runs);
      for (Path project : projects.isEmpty() ? fixtures() : projects) {
        err.println("fettle: " + project.getFileName());
        err.flush();
        rows.add(
            new Row(String.valueOf(project.getFileName()), agreement.of(FolderTree.of(project))));
      }
      if (json) {
        Map<String, Object> report = report(rows, sandbox.laboratory().confinement());
        out.println(JsonMapper.builder().build().writeValueAsString(report));
      } else {
        print(out, rows);
      }
      out.flush();
    } finally {
      Folders.delete(data);
    }
    return 0;
  }

  private record Row(String project, Agreement.Outcome outcome) {}

  private static List<Path> fixtures() throws IOException {
    Path folder = Installation.ofThisProcess().home().resolve("bench/fixtures/agreement");
    if (!Files.isDirectory(folder)) {
      throw BenchFailure.usage("no fixtures in " + folder + ": wanted --project DIR");
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.filter(Files::isDirectory).sorted().toList();
    }
  }

  private Map<String, Object> report(List<Row> rows, String confinement) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("runs", runs);
    report.putAll(figures(sum(rows)));
    report.put("confinement", confinement);
    List<Map<String, Object>> projects = new ArrayList<>();
    for (Row row : rows) {
      Map<String, Object> project = new LinkedHashMap<>();
      project.put("project", row.project());
      project.putAll(figures(row.outcome()));
      project.put("launcher", row.outcome().launcher());
      project.put("differences", row.outcome().differences());
      projects.add(project);
    }
    report.put("projects", projects);
    return report;
  }

  private static Agreement.Outcome sum(List<Row> rows) {
    return new Agreement.Outcome(
        rows.stream().mapToInt(r -> r.outcome().methods()).sum(),
        rows.stream().mapToInt(r -> r.outcome().agreed()).sum(),
        rows.stream().mapToInt(r -> r.outcome().direct()).sum(),
        Map.of(),
        List.of());
  }

  private static Map<String, Object> figures(Agreement.Outcome outcome) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("methods", outcome.methods());
    figures.put("agreed", outcome.agreed());
    figures.put("direct", outcome.direct());
    return figures;
  }

  private static void print(PrintWriter out, List<Row> rows) {
    out.println("project              methods   agree  direct");
    List<Row> all = new ArrayList<>(rows);
    all.add(new Row("all", sum(rows)));
    for (Row row : all) {
      Agreement.Outcome o = row.outcome();
      out.printf("%-20s %7d %7d %7d%n", row.project(), o.methods(), o.agreed(), o.direct());
    }
    for (Row row : rows) {
      row.outcome()
          .launcher()
          .forEach((type, why) -> out.println("by the launcher: " + type + " (" + why + ")"));
      row.outcome().differences().forEach(d -> out.println("differs: " + d));
    }
  }
}
