package dev.fettle.source.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.Replacement;
import dev.fettle.source.java.JavaSources;
import dev.fettle.testkit.TinyProject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallerEffectsTest {
  private static final String SOURCE =
      """
      package shop;
      public class Cart {
        public int total(String coupon, int sum) {
          if (sum < 0) {
            throw new IllegalStateException("sum");
          }
          return sum - coupon.length();
        }
        int other() { return 1; }
      }
      """;

  @TempDir Path dir;

  @Test
  void aResultThatIsNewIsNamed() {
    assertThat(
            effects(
                "return sum - coupon.length();",
                "return coupon == null ? sum : sum - coupon.length();"))
        .containsExactly(
            "callers of Cart.total(String, int) see the same declaration; it may also return"
                + " `coupon == null ? sum : sum - coupon.length()`");
  }

  @Test
  void exceptionsThatComeAndGoAreNamed() {
    assertThat(effects("IllegalStateException", "IllegalArgumentException"))
        .containsExactly(
            "callers of Cart.total(String, int) see the same declaration; it may also throw"
                + " IllegalArgumentException; it no longer throws IllegalStateException");
  }

  @Test
  void aChangeInsideSaysThatOnlyValuesChange() {
    assertThat(effects("sum < 0", "sum <= 0"))
        .containsExactly(
            "callers of Cart.total(String, int) see the same declaration; no other exception or"
                + " result is named, values inside are others");
  }

  @Test
  void anotherDeclarationIsSaid() {
    assertThat(effects("int other()", "public int other()").get(0))
        .startsWith("callers of Cart.other() see another declaration");
  }

  private List<String> effects(String before, String after) {
    TinyProject tiny = TinyProject.in(dir).source(SOURCE);
    String path = "src/main/java/shop/Cart.java";
    int at = SOURCE.indexOf(before);
    Patch patch =
        new Patch(List.of(new Replacement(path, at, at + before.length(), before, after)));
    return CallerEffects.of(
        new JavaSources().project(tiny.tree(), tiny.model()), tiny.tree(), patch);
  }
}
