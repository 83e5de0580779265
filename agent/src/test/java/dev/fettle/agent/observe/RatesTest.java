package dev.fettle.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.boot.Site;
import org.junit.jupiter.api.Test;

class RatesTest {
  private static final Site SITE = new Site(RatesTest.class, "m", "()V", "", false, 1, 9);

  private static final Throwable EXPECTED = new RuntimeException();

  private long now = 7 * PeriodCount.SECOND;
  private final Rates rates = new Rates(() -> now);

  private int looks(int thrown) {
    int looks = 0;
    for (int i = 0; i < thrown; i++) {
      looks += rates.mayLook(SITE) ? 1 : 0;
    }
    return looks;
  }

  @Test
  void looksAtFiftyOfASiteInASecond() {
    assertThat(looks(1_000)).isEqualTo(Rates.PER_SITE);
    now += PeriodCount.SECOND;
    assertThat(looks(20)).isEqualTo(20);
  }

  @Test
  void whereWhatIsExpectedIsThrownAllTheTimeMostMayGoBy() {
    for (int i = 0; i < 16; i++) {
      rates.judged(SITE, EXPECTED, true);
    }
    assertThat(looks(1_000)).isEqualTo(Rates.PER_SITE);
    assertThat(rates.mayGoBy(SITE)).isZero();
    assertThat(looks(1)).isZero();
    assertThat(rates.mayGoBy(SITE)).isEqualTo(1_023);
    now += PeriodCount.SECOND;
    assertThat(looks(1)).isEqualTo(1);
    assertThat(rates.mayGoBy(SITE)).isZero();
  }

  @Test
  void oneThatWasMadeBeforehandGoesByToo() {
    rates.judged(SITE, EXPECTED, true);
    for (int i = 0; i < 1_001; i++) {
      rates.again(SITE, new RuntimeException());
    }
    assertThat(rates.mayGoBy(SITE)).isZero();
    now += PeriodCount.SECOND;
    for (int i = 0; i < 1_001; i++) {
      rates.again(SITE, EXPECTED);
    }
    assertThat(rates.mayGoBy(SITE)).isEqualTo(1_023);
  }

  @Test
  void nothingGoesByAfterAFailureThatNobodyExpectedOrWhereOneIsWaitedFor() {
    for (int i = 0; i < 16; i++) {
      rates.judged(SITE, EXPECTED, true);
    }
    looks(1_001);
    rates.arm("a.B", "m");
    assertThat(rates.mayGoBy(SITE)).isZero();
    assertThat(rates.takeArmed("a.B", "m")).isTrue();
    assertThat(rates.mayGoBy(SITE)).isEqualTo(1_023);
    rates.judged(SITE, new RuntimeException(), false);
    assertThat(rates.mayGoBy(SITE)).isZero();
  }
}
