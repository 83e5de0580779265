package dev.fettle.cli.run;

import dev.fettle.delivery.policy.PolicyFile;
import dev.fettle.delivery.policy.Templates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What {@code --policy} names, checked before a server is started with it. */
final class PolicyChoice {
  private PolicyChoice() {}

  /**
   * @param chosen a shipped policy's name or a policy file
   * @throws CommandFailure when it is neither, or the file is wrong, saying what was expected
   */
  static void check(String chosen) {
    if (Templates.named(chosen).isPresent()) {
      return;
    }
    try {
      PolicyFile.Reading reading = PolicyFile.parse(Files.readString(Path.of(chosen)));
      if (reading instanceof PolicyFile.Reading.Invalid invalid) {
        throw usage(
            "the policy "
                + chosen
                + " is wrong: "
                + invalid.problems().stream()
                    .map(p -> "line " + p.line() + ": " + p.message())
                    .collect(Collectors.joining("; ")));
      }
    } catch (IOException | IllegalArgumentException absent) {
      throw usage(
          "no such policy: "
              + chosen
              + "; expected one of "
              + String.join(", ", new TreeSet<>(Templates.names()))
              + ", or a policy file");
    }
  }

  private static CommandFailure usage(String message) {
    return new CommandFailure(ExitCode.USAGE, message);
  }
}
