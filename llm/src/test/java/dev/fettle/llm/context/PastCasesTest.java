package dev.fettle.llm.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.llm.vector.Vectors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PastCasesTest {
  private static final String FAILURE = "java.lang.NullPointerException shop.Cart.total coupon";
  private static final PastCases CASES =
      new PastCases(
          List.of(
              past("inc-worded0001", "java.lang.NullPointerException shop.Cart.total code"),
              past("inc-both000002", "java.lang.NullPointerException shop.Order.total coupon"),
              past("inc-near000003", "voucher lacks a number"),
              past("inc-far0000004", "disk full while writing")));

  @Test
  void findsByWordsWhatSharesThem() {
    assertThat(CASES.similar(FAILURE, "inc-self000000", 3))
        .extracting(PastCase::id)
        .containsExactlyInAnyOrder("inc-worded0001", "inc-both000002");
  }

  @Test
  void findsByVectorsWhatSharesNoWord() {
    assertThat(CASES.similar(FAILURE, "inc-self000000", 4, meaning()))
        .extracting(PastCase::id)
        .contains("inc-near000003")
        .doesNotContain("inc-far0000004");
  }

  @Test
  void whatBothOrdersFindGoesFirst() {
    assertThat(CASES.similar(FAILURE, "inc-self000000", 1, meaning()))
        .extracting(PastCase::id)
        .containsExactly("inc-both000002");
  }

  @Test
  void keepsToTheWordsWhereTheFailureHasNoVector() {
    Vectors others = texts -> Map.of(texts.get(1), new float[] {1});

    assertThat(CASES.similar(FAILURE, "inc-self000000", 3, others))
        .isEqualTo(CASES.similar(FAILURE, "inc-self000000", 3));
  }

  @Test
  void anIncidentIsNotSimilarToItself() {
    assertThat(CASES.similar(FAILURE, "inc-both000002", 4, meaning()))
        .extracting(PastCase::id)
        .doesNotContain("inc-both000002");
    assertThat(CASES.texts(FAILURE, "inc-both000002")).hasSize(4).first().isEqualTo(FAILURE);
  }

  @Test
  void whatIsSentForItsVectorIsCutAndHoldsNoSecret() {
    PastCases cases =
        new PastCases(List.of(past("inc-secret0001", "token=hunter2hunter2 " + "x".repeat(5_000))));

    assertThat(cases.texts("password: swordfish", "inc-self000000"))
        .allMatch(text -> text.length() < 1_100)
        .noneMatch(text -> text.contains("hunter2") || text.contains("swordfish"));
  }

  /** Coupons and vouchers point one way, disks the opposite one. */
  private static Vectors meaning() {
    return texts -> {
      Map<String, float[]> vectors = new HashMap<>();
      for (String text : texts) {
        float coupon = text.contains("coupon") || text.contains("voucher") ? 1 : 0;
        float disk = text.contains("disk") ? -1 : 0;
        vectors.put(text, new float[] {coupon + disk, 0.01f});
      }
      return vectors;
    };
  }

  private static PastCase past(String id, String failure) {
    return new PastCase(id, failure, "guarded", "merged");
  }
}
