package dev.fettle.llm.heal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.CapturedValue;
import dev.fettle.contract.model.Fingerprint;
import dev.fettle.contract.model.HealBehavior;
import dev.fettle.contract.model.HealMode;
import dev.fettle.contract.model.HealRequest;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.Origin;
import dev.fettle.contract.model.Request;
import dev.fettle.contract.model.Signal;
import dev.fettle.contract.model.TrustTier;
import dev.fettle.contract.model.Variable;
import dev.fettle.llm.settings.LlmSettings;
import dev.fettle.llm.settings.SettingsFile;
import dev.fettle.llm.talk.Answer;
import dev.fettle.llm.talk.Deadline;
import dev.fettle.llm.talk.LanguageModel;
import dev.fettle.llm.talk.Question;
import dev.fettle.llm.talk.Reply;
import dev.fettle.llm.tape.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two hundred secrets in state, headers, messages and environment, fifty in each: none in any
 * recorded question about a failing statement.
 */
class HealCanariesTest {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int EACH = 50;

  private enum Channel {
    STATE,
    HEADERS,
    MESSAGE,
    ENVIRONMENT
  }

  @TempDir Path folder;
  private final Random random = new Random(11);
  private final Map<Channel, List<String>> planted = new EnumMap<>(Channel.class);

  @Test
  void noneIsInAnyRecordedQuestion() throws IOException {
    Path tapes = folder.resolve("tapes");
    for (Channel channel : Channel.values()) {
      planted.put(channel, new ArrayList<>());
    }
    for (int round = 0; planted.values().stream().anyMatch(p -> p.size() < EACH); round++) {
      Map<String, String> environment =
          Map.of(
              "MODEL_KEY", plain(Channel.ENVIRONMENT),
              "AWS_SECRET_ACCESS_KEY", plain(Channel.ENVIRONMENT),
              "https_proxy", "http://u:" + plain(Channel.ENVIRONMENT) + "@proxy.example:3128");
      ModelHealer healer =
          new ModelHealer(
              new Recording(new Refused(), tapes),
              settings(environment, round % 2 == 0),
              (request, snippet) ->
                  Optional.of("the compiler says: password=" + plain(Channel.MESSAGE)),
              ModelHealer.Mode.SYNCHRONOUS,
              Runnable::run,
              System::nanoTime);
      healer.proposals(request());
    }

    StringBuilder recorded = new StringBuilder();
    try (Stream<Path> files = Files.list(tapes)) {
      for (Path file : files.toList()) {
        recorded.append(Files.readString(file));
      }
    }
    String all = recorded.toString();
    assertThat(all).contains("coupon.length()", "the compiler says");
    planted.forEach(
        (channel, secrets) -> {
          assertThat(secrets).as(channel.name()).hasSizeGreaterThanOrEqualTo(EACH);
          assertThat(secrets).as(channel.name()).noneMatch(all::contains);
        });
  }

  private LlmSettings settings(Map<String, String> environment, boolean values) throws IOException {
    Path file = folder.resolve("config.yml");
    Files.writeString(
        file,
        "llm: {provider: openai-compatible, model: m, base-url: 'http://localhost:1/v1',"
            + " api-key-env: MODEL_KEY, values: "
            + (values ? "values" : "shapes")
            + "}\n");
    return SettingsFile.read(file, environment);
  }

  private HealRequest request() {
    CapturedException thrown =
        new CapturedException(
            "java.lang.NullPointerException",
            "refused password=" + plain(Channel.MESSAGE) + " for " + prefixed(Channel.MESSAGE),
            List.of(
                new CapturedFrame("shop.Cart", "total", "", "Cart.java", 3, true, null, List.of())),
            null);
    Instant at = Instant.parse("2026-01-31T10:15:30Z");
    Request served =
        new Request(
            "POST",
            "/orders",
            "token=" + plain(Channel.HEADERS),
            Map.of(
                "Authorization", "Bearer " + plain(Channel.HEADERS),
                "Cookie", "session=" + plain(Channel.HEADERS),
                "X-Api-Key", prefixed(Channel.HEADERS)),
            500);
    Incident incident =
        new Incident(
            new IncidentId("inc-0123456789"),
            new Fingerprint(List.of("00ff"), "test-1"),
            "t",
            at,
            at,
            1,
            new Signal(
                "s",
                Signal.Kind.ERROR,
                new Origin("shop", "shop-1", null, null, "17", "agent"),
                TrustTier.AUTHENTICATED,
                at,
                "main",
                thrown,
                served,
                "nothing catches it",
                1));
    return new HealRequest(
        incident,
        null,
        "sum -= coupon.length();",
        "long total(String coupon) {\n  // "
            + prefixed(Channel.STATE)
            + "\n  sum -= coupon.length();\n}",
        List.of(
            variable("password", plain(Channel.STATE)),
            variable("note", "key " + prefixed(Channel.STATE)),
            new Variable(
                "login",
                "Ljava/util/Map;",
                false,
                new CapturedValue.Composite(
                    "shop.Login",
                    1,
                    List.of(
                        new CapturedValue.Field(
                            "apiToken", "shop.Login", text(plain(Channel.STATE))))))),
        Set.of("skip-statement"),
        HealMode.CONTAINED,
        HealBehavior.defaults(),
        List.of("int shop.Guess.of(String): uses " + prefixed(Channel.STATE)));
  }

  private static Variable variable(String name, String value) {
    return new Variable(name, "Ljava/lang/String;", true, text(value));
  }

  private static CapturedValue text(String text) {
    return new CapturedValue.Text("java.lang.String", text, text.length());
  }

  private String plain(Channel channel) {
    return kept(channel, "canary" + letters(14));
  }

  private String prefixed(Channel channel) {
    String[] forms = {"ghp_", "AKIA", "sk-", "xoxb-", "glpat-", "AIza", "npm_"};
    return kept(channel, forms[random.nextInt(forms.length)] + letters(30));
  }

  private String kept(Channel channel, String secret) {
    planted.get(channel).add(secret);
    return secret;
  }

  private String letters(int count) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < count; i++) {
      letters.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return letters.toString();
  }

  /** Proposes what is refused, so that the reason is part of the next question. */
  private static final class Refused implements LanguageModel {
    @Override
    public String name() {
      return "refused";
    }

    @Override
    public Reply ask(Question question, Deadline deadline) {
      return new Reply.Answered(
          new Answer(
              "{\"rootCause\":\"r\",\"proposals\":[{\"kind\":\"snippet\",\"remedy\":\"\","
                  + "\"code\":\"sum = 1;\",\"then\":\"next\",\"rationale\":\"w\"}]}",
              name(),
              1,
              1,
              false));
    }
  }
}
