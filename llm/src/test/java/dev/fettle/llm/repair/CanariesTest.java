package dev.fettle.llm.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.llm.settings.LlmSettings;
import dev.fettle.llm.settings.SettingsFile;
import dev.fettle.llm.tape.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two hundred secrets in everything that a question is made of, in the headers of the request that
 * failed and in the environment: none in any recorded request.
 */
class CanariesTest {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final List<String> PROSE =
      List.of(
          "message",
          "wrapper",
          "commit",
          "evidence",
          "rootCause",
          "pastFailure",
          "pastChange",
          "pastEnding",
          "value",
          "field",
          "element");
  private static final List<String> CODE =
      List.of("literal", "comment", "javadoc", "draft", "test");

  @TempDir Path dir;
  private final Random random = new Random(7);

  @Test
  void noneIsInAnyRecordedRequest() throws IOException {
    List<String> planted = new ArrayList<>();
    Path tapes = dir.resolve("tapes");
    for (int round = 0; planted.size() < 200; round++) {
      Map<String, String> texts = new HashMap<>();
      for (String field : PROSE) {
        texts.put(field, "failed for " + prose(planted) + " again");
      }
      for (String field : CODE) {
        texts.put(field, prefixed(planted));
      }
      texts.put("secretField", plain(planted));
      texts.put("secretLocal", plain(planted));
      for (String header : List.of("query", "authorization", "cookie")) {
        texts.put(header, plain(planted));
      }
      LlmSettings settings =
          settings(Map.of("MODEL_KEY", plain(planted), "OTHER_KEY", plain(planted)));
      Shop shop =
          Shop.in(dir.resolve("p" + round), texts)
              .with(round % 2 == 0 ? settings : settings.telling(LlmSettings.Values.VALUES));
      shop.candidates(new Recording(Scripted.saying("{}", "nothing"), tapes));
    }

    assertThat(planted).hasSizeGreaterThanOrEqualTo(200);
    StringBuilder recorded = new StringBuilder();
    try (Stream<Path> files = Files.list(tapes)) {
      for (Path file : files.toList()) {
        recorded.append(Files.readString(file));
      }
    }
    assertThat(recorded).contains("coupon.length()"); // the tapes are not empty
    String all = recorded.toString();
    assertThat(planted).noneMatch(all::contains);
  }

  /** Settings of an environment that holds secrets. */
  private LlmSettings settings(Map<String, String> environment) throws IOException {
    Path file = dir.resolve("config.yml");
    Files.writeString(
        file,
        "llm: {provider: openai-compatible, model: m, base-url: 'http://localhost:1/v1',"
            + " api-key-env: MODEL_KEY}\n");
    return SettingsFile.read(file, environment);
  }

  private String prose(List<String> planted) {
    String[] forms = {
      "password=%s", "apiKey: %s", "Bearer %s", "https://u:%s@db.example/x", "token=%s"
    };
    if (random.nextInt(3) == 0) {
      return prefixed(planted);
    }
    return forms[random.nextInt(forms.length)].formatted(plain(planted));
  }

  private String prefixed(List<String> planted) {
    String[] forms = {"ghp_", "AKIA", "sk-", "xoxb-", "glpat-", "AIza", "eyJ", "SG.", "npm_"};
    String secret = forms[random.nextInt(forms.length)] + letters(30);
    planted.add(secret);
    return secret;
  }

  private String plain(List<String> planted) {
    String secret = "canary" + letters(12);
    planted.add(secret);
    return secret;
  }

  private String letters(int count) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < count; i++) {
      letters.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return letters.toString();
  }
}
