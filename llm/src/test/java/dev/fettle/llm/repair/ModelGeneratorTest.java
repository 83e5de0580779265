package dev.fettle.llm.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.Candidate;
import dev.fettle.llm.talk.Deadline;
import dev.fettle.llm.talk.LanguageModel;
import dev.fettle.llm.talk.Question;
import dev.fettle.llm.talk.Reply;
import dev.fettle.llm.vector.VectorShelf;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelGeneratorTest {
  private static final String GOOD = "    return coupon == null ? sum : sum - coupon.length();";

  @TempDir Path dir;
  private Shop shop;
  private int line;

  @BeforeEach
  void open() {
    shop = Shop.in(dir, Map.of());
    String text = shop.source(Shop.CART);
    line = (int) text.substring(0, text.indexOf("return sum")).lines().count();
  }

  @Test
  void aGoodAnswerBecomesACandidateWithItsReasons() {
    List<Candidate> found = shop.candidates(Scripted.saying(Scripted.edit("A", line, line, GOOD)));

    assertThat(found).hasSize(1);
    assertThat(found.get(0).generator()).isEqualTo("llm/repair/1");
    assertThat(found.get(0).rationale())
        .isEqualTo("a language model says: coupon is null no coupon, no rebate they get the sum");
    assertThat(found.get(0).patch().apply(Shop.CART, shop.source(Shop.CART)))
        .isEqualTo(
            shop.source(Shop.CART)
                .replace(
                    "return sum - coupon.length();",
                    "return coupon == null ? sum : sum - coupon.length();"));
  }

  @Test
  void aRefusedAttemptIsAskedAgainWithTheStepsEvidence() {
    Scripted model =
        Scripted.saying(
            Scripted.edit("A", line, line, "    return 4;  System.exit(1);"),
            Scripted.edit(
                "A",
                line,
                line,
                "    try { return sum - coupon.length(); } catch (NullPointerException e) { return"
                    + " sum; }"),
            Scripted.edit("A", line, line, GOOD));

    List<Candidate> found = shop.candidates(model);

    assertThat(found).hasSize(1);
    assertThat(model.asked()).hasSize(3);
    assertThat(model.asked().get(1).user()).contains("no new powers").contains("attempt 1");
    assertThat(model.asked().get(2).user()).contains("swallows nothing").contains("attempt 2");
    assertThat(found.get(0).score()).isLessThan(0.55);
  }

  @Test
  void threeRefusedAttemptsEndIt() {
    Scripted model = Scripted.saying(Scripted.edit("Q", line, line, GOOD));

    assertThat(shop.candidates(model)).isEmpty();
    assertThat(model.asked()).hasSize(3);
  }

  @Test
  void aModelThatDeclinesIsNotAskedAgain() {
    Scripted model =
        Scripted.saying(
            "{\"rootCause\":\"\",\"rationale\":\"no\",\"callers\":\"\",\"edits\":[],"
                + "\"conditions\":[],\"ingredients\":[]}");

    assertThat(shop.candidates(model)).isEmpty();
    assertThat(model.asked()).hasSize(1);
  }

  @Test
  void linesCanBeInsertedAndRemoved() {
    List<Candidate> inserted =
        shop.candidates(
            Scripted.saying(
                Scripted.edit(
                    "A", line, line - 1, "    if (coupon == null) {\n      return sum;\n    }")));

    assertThat(inserted.get(0).patch().apply(Shop.CART, shop.source(Shop.CART)))
        .contains("    if (coupon == null) {\n      return sum;\n    }\n    return sum - coupon");
  }

  @Test
  void noAnswerIsNoCandidateAndSaysWhy() {
    List<String> heard = new ArrayList<>();
    LanguageModel silent =
        new LanguageModel() {
          @Override
          public String name() {
            return "silent";
          }

          @Override
          public Reply ask(Question question, Deadline deadline) {
            return new Reply.Unanswered(Reply.Reason.TIMEOUT, "no whole answer within 1 ms");
          }
        };
    ModelGenerator generator =
        shop.generator(
            silent,
            new ModelGenerator.Listener() {
              @Override
              public void attempted(
                  dev.fettle.contract.spi.RepairCase c, Question q, String answer, String verdict) {
                heard.add(verdict);
              }

              @Override
              public void unanswered(dev.fettle.contract.spi.RepairCase c, String why) {
                heard.add(why);
              }
            });

    assertThat(generator.candidates(shop.repairCase()).toList()).isEmpty();
    assertThat(heard).containsExactly("no answer in time: no whole answer within 1 ms");
  }

  @Test
  void aRepositoryThatSaysNoneIsNotAskedAbout() {
    Shop quiet = Shop.in(dir.resolve("quiet"), Map.of("policy", "llm: {provider: none}"));
    Scripted model = Scripted.saying(Scripted.edit("A", line, line, GOOD));

    assertThat(quiet.candidates(model)).isEmpty();
    assertThat(model.asked()).isEmpty();
  }

  @Test
  void aRepositoryMayMakeQuestionsAndAnswersShorter() {
    Shop frugal =
        Shop.in(
            dir.resolve("frugal"),
            Map.of("policy", "llm: {budget: {answer-tokens: 200, context-tokens: 600}}"));
    Scripted model = Scripted.saying(Scripted.edit("A", line, line, GOOD));

    frugal.candidates(model);
    shop.candidates(model);

    assertThat(model.asked().get(0).maxTokens()).isEqualTo(200);
    assertThat(model.asked().get(0).user().length())
        .isLessThan(model.asked().get(1).user().length());
  }

  @Test
  void whatASearchMayCompleteIsHandedOverBeforeTheEditsAreJudged() {
    List<String> heard = new ArrayList<>();
    ModelGenerator generator =
        shop.generator(
            Scripted.saying(Scripted.edit("A", line, line, GOOD)),
            new ModelGenerator.Listener() {
              @Override
              public void suggested(
                  dev.fettle.contract.spi.RepairCase c, ProposedExpressions expressions) {
                heard.add(expressions.conditions() + " " + expressions.ingredients());
              }

              @Override
              public void attempted(
                  dev.fettle.contract.spi.RepairCase c, Question q, String answer, String verdict) {
                heard.add(verdict);
              }

              @Override
              public void unanswered(dev.fettle.contract.spi.RepairCase c, String why) {
                heard.add(why);
              }
            });

    assertThat(generator.candidates(shop.repairCase()).toList()).hasSize(1);
    assertThat(heard).containsExactly("[coupon == null] [0]", "passed");
  }

  @Test
  void theQuestionCanBeSeenWithoutAskingAnybody() {
    Scripted model = Scripted.saying("");
    ModelGenerator.Beginning first =
        shop.generator(model, ModelGenerator.Listener.none()).first(shop.repairCase());

    assertThat(((ModelGenerator.Beginning.Asked) first).question().user())
        .contains("<error>")
        .contains("coupon.length()");
    assertThat(model.asked()).isEmpty();
  }

  @Test
  void showsWhichTextsWouldBeSentForTheirVectorsAndSendsNone() {
    Scripted embeddings = Scripted.saying("{\"vectors\":[[1],[1],[1]]}");
    shop.with(
        VectorShelf.in(
            dir.resolve("vectors.jsonl"), "e", embeddings, System::nanoTime, problem -> {}));
    ModelGenerator generator =
        shop.generator(Scripted.saying("{}"), ModelGenerator.Listener.none());

    var before = (ModelGenerator.Beginning.Asked) generator.first(shop.repairCase());
    assertThat(embeddings.asked()).isEmpty();
    assertThat(before.unsent()).hasSize(3).first().asString().contains("NullPointerException");
    generator.candidates(shop.repairCase()).close();
    var after = (ModelGenerator.Beginning.Asked) generator.first(shop.repairCase());

    assertThat(embeddings.asked()).hasSize(1);
    assertThat(after.unsent()).isEmpty();
    assertThat(after.question().user()).contains("java.io.IOException disk");
  }

  @Test
  void nothingIsShownOfARepositoryThatLetsNobodyBeAsked(@TempDir Path other) {
    Shop closed = Shop.in(other, Map.of("policy", "llm: {provider: none}"));

    assertThat(
            closed
                .generator(Scripted.saying(""), ModelGenerator.Listener.none())
                .first(closed.repairCase()))
        .isEqualTo(
            new ModelGenerator.Beginning.Nobody(
                "the repository's .fettle.yml says provider: none"));
  }
}
