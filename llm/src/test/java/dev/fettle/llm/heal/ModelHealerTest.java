package dev.fettle.llm.heal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.CapturedValue;
import dev.fettle.contract.model.Fingerprint;
import dev.fettle.contract.model.HealBehavior;
import dev.fettle.contract.model.HealMode;
import dev.fettle.contract.model.HealProposal;
import dev.fettle.contract.model.HealRequest;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.Origin;
import dev.fettle.contract.model.Signal;
import dev.fettle.contract.model.TrustTier;
import dev.fettle.contract.model.Variable;
import dev.fettle.llm.settings.LlmSettings;
import dev.fettle.llm.talk.Answer;
import dev.fettle.llm.talk.Deadline;
import dev.fettle.llm.talk.LanguageModel;
import dev.fettle.llm.talk.Question;
import dev.fettle.llm.talk.Reply;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ModelHealerTest {
  private static final String METHOD =
      "long total(String coupon) {\n  long sum = 1;\n  sum -= coupon.length();\n  return sum;\n}";
  private static final String STATEMENT = "sum -= coupon.length();";

  private final List<Question> asked = new ArrayList<>();
  private final List<String> harmful = new ArrayList<>();
  private final Deque<Runnable> background = new ArrayDeque<>();

  @Test
  void proposesTheRemedyThatTheModelNames() {
    assertThat(healer(ModelHealer.Mode.SYNCHRONOUS, remedy("skip-statement")).proposals(request()))
        .containsExactly(
            new HealProposal.UseRemedy("skip-statement", "a language model says: r; because", 0.5));
  }

  @Test
  void showsTheFailingStatementBetweenErrorTags() {
    healer(ModelHealer.Mode.SYNCHRONOUS, remedy("skip-statement")).proposals(request());

    assertThat(asked.get(0).user())
        .contains("<error>" + STATEMENT + "</error>")
        .contains("coupon: String = null")
        .contains("Remedies: clamp-index, skip-statement");
  }

  @Test
  void aNameThatIsNoRemedyIsAskedAgainWithTheReason() {
    List<HealProposal> found =
        healer(ModelHealer.Mode.SYNCHRONOUS, remedy("System.exit"), remedy("clamp-index"))
            .proposals(request());

    assertThat(found)
        .extracting(p -> ((HealProposal.UseRemedy) p).remedy())
        .containsExactly("clamp-index");
    assertThat(asked.get(1).user()).contains("there is no remedy of the name given");
  }

  @Test
  void aRefusedSnippetIsAskedAgainAtMostTwice() {
    assertThat(
            healer(ModelHealer.Mode.SYNCHRONOUS, snippet("System.exit(0);")).proposals(request()))
        .isEmpty();
    assertThat(asked).hasSize(3);
    assertThat(asked.get(2).user()).contains("may not call System.exit");
  }

  @Test
  void aVettedSnippetIsProposedNoFreerThanPolicy() {
    List<HealProposal> found =
        healer(ModelHealer.Mode.SYNCHRONOUS, snippet("coupon = \"\";")).proposals(request());

    assertThat(found)
        .containsExactly(
            new HealProposal.RunSnippet(
                "coupon = \"\";",
                HealProposal.Then.RETRY,
                HealMode.CONTAINED,
                "a language model says: r; because",
                0.5));
  }

  @Test
  void noSnippetWherePolicyAllowsRemediesOnly() {
    ModelHealer healer = healer(ModelHealer.Mode.SYNCHRONOUS, snippet("coupon = \"\";"));

    assertThat(healer.proposals(request(HealMode.TYPED))).isEmpty();
    assertThat(asked.get(1).user()).contains("snippets are not allowed here");
  }

  @Test
  void nothingIsAskedWherePolicyOnlyObserves() {
    ModelHealer healer = healer(ModelHealer.Mode.SYNCHRONOUS, remedy("skip-statement"));

    assertThat(healer.proposals(request(HealMode.OBSERVE))).isEmpty();
    assertThat(asked).isEmpty();
  }

  @Test
  void nothingIsAskedWhereNoRemedyFitsAndNoSnippetMayRun() {
    ModelHealer healer = healer(ModelHealer.Mode.SYNCHRONOUS, remedy("skip-statement"));

    assertThat(healer.proposals(request(HealMode.TYPED, Set.of()))).isEmpty();
    assertThat(asked).isEmpty();
  }

  @Test
  void eachModeIsAQuestionOfItsOwn() {
    ModelHealer healer = healer(ModelHealer.Mode.SYNCHRONOUS, remedy("skip-statement"));
    Set<String> hashes =
        Stream.of(HealMode.TYPED, HealMode.CONTAINED, HealMode.FULL)
            .map(mode -> healer.question(request(mode)).hash())
            .collect(Collectors.toSet());

    assertThat(hashes).hasSize(3);
    assertThat(healer.question(request(HealMode.TYPED, Set.of("retry"))).hash()).isNotIn(hashes);
  }

  @Test
  void eachAttemptIsToldWithItsQuestionAndVerdict() {
    List<String> heard = new ArrayList<>();
    ModelHealer healer =
        healer(ModelHealer.Mode.SYNCHRONOUS, snippet("System.exit(0);"), remedy("skip-statement"))
            .telling(
                (request, question, answer, verdict) ->
                    heard.add(question.prompt() + " " + question.hash() + " " + verdict));

    healer.proposals(request());

    assertThat(heard)
        .containsExactly(
            "heal/2 " + asked.get(0).hash() + " vetting: may not call System.exit",
            "heal/2 " + asked.get(1).hash() + " passed");
  }

  @Test
  void aSiteIsAskedAboutOnce() {
    ModelHealer healer = healer(ModelHealer.Mode.SYNCHRONOUS, remedy("skip-statement"));
    healer.proposals(request());

    assertThat(healer.proposals(request())).hasSize(1);
    assertThat(asked).hasSize(1);
  }

  @Test
  void aRepositoryThatSaysNoneIsNotAskedAbout() {
    ModelHealer healer = healer(ModelHealer.Mode.SYNCHRONOUS, remedy("skip-statement"));

    assertThat(healer.within(LlmSettings.none()).proposals(request())).isEmpty();
    assertThat(asked).isEmpty();
  }

  @Test
  void aRepositoryThatSaysShapesKeepsItsValues() {
    ModelHealer healer = healer(ModelHealer.Mode.SYNCHRONOUS, remedy("skip-statement"));
    LlmSettings told =
        LlmSettings.exchanging(Path.of("unused"), true).telling(LlmSettings.Values.VALUES);
    CapturedValue secret = new CapturedValue.Text("java.lang.String", "SUMMER-26", 9);
    Variable coupon = new Variable("coupon", "Ljava/lang/String;", true, secret);

    healer.within(told).proposals(request(HealMode.TYPED, coupon));
    healer
        .within(told.telling(LlmSettings.Values.SHAPES))
        .proposals(request(HealMode.CONTAINED, coupon));

    assertThat(asked.get(0).user()).contains("SUMMER-26");
    assertThat(asked.get(1).user()).contains("coupon").doesNotContain("SUMMER-26");
  }

  @Test
  void aSnippetThatDidHarmIsNotProposedAgain() {
    ModelHealer healer =
        healer(
            ModelHealer.Mode.SYNCHRONOUS,
            snippet("coupon = \"\";"),
            snippet("coupon = \"\";"),
            snippet("sum = 0;"));
    healer.proposals(request());
    harmful.add("coupon = \"\";");

    assertThat(healer.proposals(request()))
        .extracting(p -> ((HealProposal.RunSnippet) p).code())
        .containsExactly("sum = 0;");
    assertThat(asked.get(2).user()).contains("it did harm");
  }

  @Test
  void inTheBackgroundTheNextOccurrenceIsServed() {
    ModelHealer healer = healer(ModelHealer.Mode.BACKGROUND, remedy("skip-statement"));

    assertThat(healer.proposals(request())).isEmpty();
    assertThat(healer.proposals(request())).isEmpty();
    assertThat(background).hasSize(1);
    background.remove().run();
    assertThat(healer.proposals(request())).hasSize(1);
  }

  private ModelHealer healer(ModelHealer.Mode mode, String... answers) {
    LanguageModel model =
        new LanguageModel() {
          @Override
          public String name() {
            return "scripted";
          }

          @Override
          public Reply ask(Question question, Deadline deadline) {
            asked.add(question);
            String text = answers[Math.min(asked.size(), answers.length) - 1];
            return new Reply.Answered(new Answer(text, "scripted", 1, 1, false));
          }
        };
    return new ModelHealer(
        model,
        LlmSettings.exchanging(Path.of("unused"), true),
        (r, s) -> {
          if (harmful.contains(s.code())) {
            return Optional.of("it did harm");
          }
          return s.code().contains("exit")
              ? Optional.of("may not call System.exit")
              : Optional.empty();
        },
        mode,
        background::add,
        System::nanoTime);
  }

  private static String remedy(String name) {
    return "{\"rootCause\":\"r\",\"proposals\":[{\"kind\":\"remedy\",\"remedy\":\""
        + name
        + "\",\"code\":\"\",\"then\":\"next\",\"rationale\":\"because\"}]}";
  }

  private static String snippet(String code) {
    return "{\"rootCause\":\"r\",\"proposals\":[{\"kind\":\"snippet\",\"remedy\":\"\",\"code\":\""
        + code.replace("\"", "\\\"")
        + "\",\"then\":\"retry\",\"rationale\":\"because\"}]}";
  }

  private static HealRequest request() {
    return request(HealMode.CONTAINED);
  }

  private static HealRequest request(HealMode ceiling) {
    return request(ceiling, Set.of("skip-statement", "clamp-index"));
  }

  private static HealRequest request(HealMode ceiling, Set<String> remedies) {
    return request(
        ceiling,
        remedies,
        new Variable(
            "coupon", "Ljava/lang/String;", true, new CapturedValue.Null("java.lang.String")));
  }

  private static HealRequest request(HealMode ceiling, Variable variable) {
    return request(ceiling, Set.of("skip-statement", "clamp-index"), variable);
  }

  private static HealRequest request(HealMode ceiling, Set<String> remedies, Variable variable) {
    CapturedException thrown =
        new CapturedException(
            "java.lang.NullPointerException",
            "coupon is null",
            List.of(
                new CapturedFrame("shop.Cart", "total", "", "Cart.java", 3, true, null, List.of())),
            null);
    Instant at = Instant.parse("2026-01-31T10:15:30Z");
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
                null,
                "nothing catches it",
                1));
    return new HealRequest(
        incident,
        null,
        STATEMENT,
        METHOD,
        List.of(variable),
        remedies,
        ceiling,
        HealBehavior.defaults());
  }
}
