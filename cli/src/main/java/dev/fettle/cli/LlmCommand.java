package dev.fettle.cli;

import dev.fettle.cli.run.ExitCode;
import dev.fettle.cli.run.ServerClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

@CommandLine.Command(
    name = "llm",
    mixinStandardHelpOptions = true,
    description = "The language model: what it would be told and what it cost.",
    subcommands = {LlmCommand.Prompt.class, LlmCommand.LedgerLines.class})
final class LlmCommand implements Callable<Integer> {
  @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    throw new CommandLine.ParameterException(
        java.util.Objects.requireNonNull(spec, "picocli sets the spec").commandLine(),
        "expected a subcommand: prompt or ledger");
  }

  @CommandLine.Command(
      name = "prompt",
      mixinStandardHelpOptions = true,
      description = "Prints exactly what would be sent about an incident; sends nothing.")
  static final class Prompt implements Callable<Integer> {
    @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;
    @CommandLine.Mixin ServerAddress server = new ServerAddress();
    @CommandLine.Mixin Output output = new Output();

    @CommandLine.Parameters(
        paramLabel = "INCIDENT",
        description = "An incident id (see: fettle incidents).")
    String id = "";

    @Override
    public Integer call() {
      JsonNode shown =
          server.client().get("/incidents/" + Ids.incident(id) + "/prompt", ServerClient.WORKING);
      var out = Terminal.out(spec);
      if (output.json) {
        output.object(out, shown);
      } else {
        out.println(
            "# prompt "
                + Output.text(shown, "prompt")
                + ", about "
                + Output.text(shown, "tokens")
                + " tokens, hash "
                + Output.text(shown, "hash")
                + (Output.text(shown, "model").equals("none")
                    ? "; no model is configured, nothing would be sent"
                    : ", to " + Output.text(shown, "model")));
        out.println("# --- system");
        out.println(Output.block(shown, "system"));
        out.println("# --- user");
        out.println(Output.block(shown, "user"));
        out.println("# --- schema of the answer");
        out.println(Output.block(shown, "schema"));
        if (!shown.path("texts").isEmpty()) {
          out.println(
              "# --- texts that "
                  + Output.text(shown, "embeddingModel")
                  + " would be sent first for their vectors; other incidents may then be found"
                  + " similar");
          shown.path("texts").forEach(t -> out.println(Output.printable(t.asString())));
        }
        out.flush();
      }
      return ExitCode.DONE.code();
    }
  }

  @CommandLine.Command(
      name = "ledger",
      mixinStandardHelpOptions = true,
      description = "Tokens and cost, and the latest questions.")
  static final class LedgerLines implements Callable<Integer> {
    @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;
    @CommandLine.Mixin ServerAddress server = new ServerAddress();
    @CommandLine.Mixin Output output = new Output();

    @Override
    public Integer call() {
      JsonNode account = server.client().get("/llm/ledger");
      var out = Terminal.out(spec);
      if (output.json) {
        output.object(out, account);
        return ExitCode.DONE.code();
      }
      out.println(
          Output.text(account, "model")
              + ": "
              + Output.text(account, "usedToday")
              + " of "
              + Output.text(account, "tokensPerDay")
              + " tokens used today, cost "
              + Output.text(account, "cost"));
      List<List<String>> rows = new ArrayList<>();
      rows.add(List.of("AT", "PURPOSE", "SUBJECT", "PROMPT", "OUTCOME", "IN", "OUT", "COST", "MS"));
      for (JsonNode entry : account.path("entries")) {
        List<String> row = new ArrayList<>();
        for (String key :
            List.of(
                "at",
                "purpose",
                "subject",
                "prompt",
                "outcome",
                "inputTokens",
                "outputTokens",
                "cost",
                "millis")) {
          row.add(Output.text(entry, key));
        }
        rows.add(row);
      }
      Output.table(out, rows);
      return ExitCode.DONE.code();
    }
  }
}
