package dev.fettle.bench;

import dev.fettle.bench.healcost.HealCostReport;
import dev.fettle.bench.healcost.HealCosts;
import dev.fettle.bench.healcost.Installed;
import dev.fettle.bench.host.BenchFailure;
import dev.fettle.bench.host.Folders;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;

@CommandLine.Command(
    name = "heal-cost",
    mixinStandardHelpOptions = true,
    description = {
      "Measures what being healable costs small pieces of work that do not fail, what exceptions",
      "cost that the program expects, and what a heal costs beside throwing and catching."
    })
final class HealCostCommand implements Callable<Integer> {
  @CommandLine.Mixin Printed printed = new Printed();

  @CommandLine.Option(
      names = "--forks",
      paramLabel = "N",
      description = "Child JVMs of each side, at least 1. Default: ${DEFAULT-VALUE}.")
  int forks = 3;

  @CommandLine.Option(
      names = "--batches",
      paramLabel = "N",
      description = "Batches per piece of work, at least 10. Default: ${DEFAULT-VALUE}.")
  int batches = 120;

  @CommandLine.Option(
      names = "--installed",
      paramLabel = "HOW",
      description = {
        "eager: every class can be healed; on-failure: classes would be prepared after a failure,",
        "and none fails; observe: nothing is healed. Default: eager."
      },
      converter = HowInstalled.class)
  Installed installed = Installed.EAGER;

  /** Reads {@link #installed}. */
  static final class HowInstalled implements CommandLine.ITypeConverter<Installed> {
    @Override
    public Installed convert(String word) {
      return Arrays.stream(Installed.values())
          .filter(each -> each.word().equals(word))
          .findFirst()
          .orElseThrow(
              () ->
                  new CommandLine.TypeConversionException(
                      "expected eager, on-failure or observe, got " + word));
    }
  }

  @CommandLine.Mixin ChildJdk jdk = new ChildJdk();

  @CommandLine.Option(
      names = "--libraries",
      paramLabel = "JAR:JAR",
      split = "[:;]",
      description = {
        "Jars of jackson-databind 2, jackson-core, jackson-annotations and jsoup: measures",
        "their work too, with their own packages healable."
      })
  List<Path> libraries = List.of();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (forks < 1 || batches < 10) {
      throw BenchFailure.usage("expected --forks of at least 1 and --batches of at least 10");
    }
    for (Path jar : libraries) {
      if (!Files.isRegularFile(jar)) {
        throw BenchFailure.usage("--libraries: no such file: " + jar);
      }
    }
    PrintWriter err = printed.err();
    Path folder = Files.createTempDirectory("fettle-heal-cost-");
    HealCostReport report;
    try {
      report =
          new HealCosts(
                  jdk.java(),
                  Installation.ofThisProcess().agent(),
                  folder,
                  libraries,
                  installed,
                  line -> err.println("fettle: " + line))
              .measure(forks, batches);
    } finally {
      Folders.delete(folder);
    }
    printed.print(report::json, () -> String.join("\n", report.lines()));
    return 0;
  }
}
