package dev.fettle.llm.talk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares a question letter by letter with a file; {@code -Dgolden.update} writes the file. */
public final class GoldenQuestion {
  private GoldenQuestion() {}

  /**
   * @param name of the file below {@code golden}
   */
  public static void check(Question question, String name) throws IOException {
    String whole =
        "prompt "
            + question.prompt()
            + "\n=== system\n"
            + question.system()
            + "=== user\n"
            + question.user();
    Path golden = Path.of("src/test/resources/golden/" + name + ".txt");
    if (System.getProperty("golden.update") != null) {
      Files.createDirectories(golden.getParent());
      Files.writeString(golden, whole);
    }

    assertThat(whole).isEqualTo(Files.readString(golden));
  }
}
