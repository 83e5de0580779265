package dev.fettle.llm.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.llm.Models;
import dev.fettle.llm.client.Ledger;
import dev.fettle.llm.client.ScriptedServer;
import dev.fettle.llm.client.ScriptedServer.Behavior;
import dev.fettle.llm.settings.LlmSettings;
import dev.fettle.llm.settings.ModelBudget;
import dev.fettle.llm.settings.Provider;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A model in each form of server that answers well-formed and wants what it may not. */
class BadPatchesOverHttpTest {
  @TempDir Path dir;
  private Shop shop;
  private int line;

  @BeforeEach
  void open() {
    shop = Shop.in(dir, Map.of());
    String text = shop.source(Shop.CART);
    line = (int) text.substring(0, text.indexOf("return sum")).lines().count();
  }

  @ParameterizedTest
  @EnumSource(
      value = Provider.class,
      names = {"OPENAI", "ANTHROPIC", "OLLAMA"})
  void comesToNothingWithinThreeQuestions(Provider provider) {
    for (String answer :
        new String[] {
          Scripted.edit("A", line, line, "    return sum - (len(coupon) if coupon else 0)"),
          Scripted.edit(Shop.RULES, 1, 1, "package shop; public class Rules {}"),
          Scripted.edit(Shop.TEST, 1, 1, "package shop; class CartTest {}"),
          Scripted.edit("pom.xml", 1, 1, "<project><dependency>evil</dependency></project>"),
          Scripted.edit("A", line, line, "import evil.Library;\n    return sum;"),
          Scripted.edit("A", line, 99_999, "")
        }) {
      try (ScriptedServer server = new ScriptedServer(answer, Behavior.CORRECT)) {
        Ledger ledger = Ledger.inMemory(InstantSource.system());
        LlmSettings settings = settings(provider, server.url());
        var model =
            Models.open(settings, ledger, Map.of(), InstantSource.system(), System::nanoTime);

        assertThat(shop.with(settings).candidates(model)).as("%s %s", provider, answer).isEmpty();
        assertThat(server.bodies()).hasSize(3);
        assertThat(ledger.usedToday()).isEqualTo(server.charged());
      }
    }
  }

  private static LlmSettings settings(Provider provider, String url) {
    return new LlmSettings(
        provider,
        "m",
        provider == Provider.OLLAMA ? url : url + "/v1",
        Optional.of(new LlmSettings.Secret("k")),
        Optional.empty(),
        Optional.empty(),
        false,
        LlmSettings.Values.SHAPES,
        OptionalDouble.empty(),
        Optional.empty(),
        ModelBudget.defaults(),
        Optional.empty());
  }
}
