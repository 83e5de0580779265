package dev.fettle.agent.heal.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.agent.options.HealMode;
import dev.fettle.wire.HealMessage;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealSwitchTest {
  private static final OneSite SITE = OneSite.price();

  @TempDir Path state;

  @AfterEach
  void forgetProperty() {
    System.clearProperty("fettle.heal.enabled");
  }

  @Test
  void theServerCanOnlyNarrow() {
    HealSwitch it = own(HealMode.TYPED);
    it.obey(rules("full", List.of()));
    assertThat(it.mode(SITE)).isEqualTo(HealMode.TYPED);
    it.obey(rules("observe", List.of()));
    assertThat(it.allows(SITE)).isFalse();
    it.obey(rules("contained", List.of()));
    assertThat(it.mode(SITE)).isEqualTo(HealMode.TYPED);
  }

  @Test
  void modesThatThisAgentDoesNotKnowAllowNothing() {
    HealSwitch it = own(HealMode.FULL);
    it.obey(rules("turbo", List.of()));
    assertThat(it.allows(SITE)).isFalse();
  }

  @Test
  void whatTheServerSwitchedOffIsNotHealed() {
    HealSwitch it = own(HealMode.TYPED);
    assertThat(it.allows(SITE)).isTrue();
    it.obey(rules("typed", List.of(SITE.id())));
    assertThat(it.allows(SITE)).isFalse();
  }

  @Test
  void aFileInTheStateDirectoryStopsEverythingWithoutAServer() throws IOException {
    HealSwitch it = own(HealMode.TYPED);
    Files.createFile(state.resolve("heal.off"));
    it.look();
    assertThat(it.allows(SITE)).isFalse();
    Files.delete(state.resolve("heal.off"));
    it.look();
    assertThat(it.allows(SITE)).isTrue();
  }

  @Test
  void aPropertySetAtRunTimeStopsEverything() {
    HealSwitch it = own(HealMode.TYPED);
    System.setProperty("fettle.heal.enabled", "false");
    it.look();
    assertThat(it.allows(SITE)).isFalse();
  }

  @Test
  void whatWasDecidedByOldRulesDoesNotOutliveThem() {
    AtomicReference<HealSwitch> it = new AtomicReference<>();
    // the server switches the place off while a failing thread decides by the rules before
    it.set(
        new HealSwitch(
            (name, site) -> {
              it.get().obey(rules("typed", List.of(SITE.id())));
              return HealMode.TYPED;
            },
            state));
    it.get().allows(SITE);
    assertThat(it.get().allows(SITE)).isFalse();
  }

  @Test
  void whatItKnowsOfAPlaceDoesNotHoldIt() throws InterruptedException {
    HealSwitch it = own(HealMode.TYPED);
    WeakReference<OneSite> gone = new WeakReference<>(asked(it));
    for (int i = 0; i < 600 && !gone.refersTo(null); i++) {
      System.gc();
      Thread.sleep(50);
    }
    assertThat(gone.refersTo(null)).isTrue();
  }

  private static OneSite asked(HealSwitch it) {
    OneSite site = OneSite.price();
    assertThat(it.allows(site)).isTrue();
    return site;
  }

  @Test
  void packagesOfTheServerAreObeyed() {
    HealSwitch it = own(HealMode.TYPED);
    it.obey(new HealMessage.HealRules("typed", List.of("other"), List.of(), "refuse", List.of()));
    assertThat(it.allows(SITE)).isFalse();
    it.obey(
        new HealMessage.HealRules("typed", List.of("dev.fettle"), List.of(), "refuse", List.of()));
    assertThat(it.allows(SITE)).isTrue();
    it.obey(
        new HealMessage.HealRules(
            "typed", List.of(), List.of(SITE.className()), "refuse", List.of()));
    assertThat(it.allows(SITE)).isFalse();
  }

  private HealSwitch own(HealMode mode) {
    return new HealSwitch((name, site) -> mode, state);
  }

  private static HealMessage.HealRules rules(String mode, List<String> disabled) {
    return new HealMessage.HealRules(mode, List.of(), List.of(), "refuse", disabled);
  }
}
