package dev.fettle.llm.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.llm.settings.LlmSettings;
import dev.fettle.llm.talk.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole question, letter by letter. Regenerate with {@code -Dgolden.update}, then read it. */
class PromptGoldenTest {
  @TempDir Path dir;

  @ParameterizedTest
  @EnumSource(LlmSettings.Values.class)
  void theQuestionIsTheGoldenOne(LlmSettings.Values values) throws IOException {
    Shop shop = Shop.in(dir, Map.of()).with(LlmSettings.exchanging(dir, true).telling(values));
    Question question =
        shop.generator(Scripted.saying(""), ModelGenerator.Listener.none())
            .first(shop.repairCase());
    String whole =
        "prompt "
            + question.prompt()
            + "\n=== system\n"
            + question.system()
            + "=== user\n"
            + question.user();
    Path golden =
        Path.of("src/test/resources/golden/repair-1-" + values.name().toLowerCase() + ".txt");
    if (System.getProperty("golden.update") != null) {
      Files.createDirectories(golden.getParent());
      Files.writeString(golden, whole);
    }

    assertThat(whole).isEqualTo(Files.readString(golden));
  }
}
