package dev.fettle.cli;

import dev.fettle.cli.run.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

@CommandLine.Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Hands out what was learned.",
    subcommands = ExportCommand.Training.class)
final class ExportCommand implements Callable<Integer> {
  @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    throw new CommandLine.ParameterException(
        java.util.Objects.requireNonNull(spec, "picocli sets the spec").commandLine(),
        "expected a subcommand: training");
  }

  /** Forms of export. */
  enum Format {
    CHAT_JSONL
  }

  @CommandLine.Command(
      name = "training",
      mixinStandardHelpOptions = true,
      description =
          "Prints answers of the language model that passed validation, with what became of them,"
              + " one JSON object a line.")
  static final class Training implements Callable<Integer> {
    @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;
    @CommandLine.Mixin ServerAddress server = new ServerAddress();

    @CommandLine.Option(
        names = "--format",
        paramLabel = "FORM",
        converter = FormatWord.class,
        description = "chat-jsonl. Default: chat-jsonl.")
    Format format = Format.CHAT_JSONL;

    @CommandLine.Option(
        names = "--only",
        split = ",",
        paramLabel = "OUTCOME",
        description =
            "Only patches that ended so: confirmed, merged, quiet, rejected, reverted, recurred,"
                + " withdrawn, unknown; only heals that were good or bad.")
    List<String> only = List.of();

    @Override
    public Integer call() {
      for (String outcome : only) {
        if (!outcome.matches(
            "confirmed|merged|quiet|rejected|reverted|recurred|withdrawn|unknown|good|bad")) {
          throw new CommandLine.ParameterException(
              java.util.Objects.requireNonNull(spec, "picocli sets the spec").commandLine(),
              "--only has no outcome " + outcome + "; see --help");
        }
      }
      JsonNode training = server.client().get("/llm/training?only=" + String.join(",", only));
      var out = Terminal.out(spec);
      for (JsonNode line : training.path("lines")) {
        out.println(Output.printable(line.asString()));
      }
      out.flush();
      return training.path("lines").isEmpty()
          ? ExitCode.NOTHING_FOUND.code()
          : ExitCode.DONE.code();
    }
  }

  /** Reads {@code chat-jsonl}. */
  static final class FormatWord implements CommandLine.ITypeConverter<Format> {
    @Override
    public Format convert(String word) {
      if (!word.equals("chat-jsonl")) {
        throw new CommandLine.TypeConversionException("expected chat-jsonl, got " + word);
      }
      return Format.CHAT_JSONL;
    }
  }
}
