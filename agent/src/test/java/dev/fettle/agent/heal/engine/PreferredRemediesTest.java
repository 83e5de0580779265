package dev.fettle.agent.heal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.agent.heal.Chooser;
import dev.fettle.agent.heal.Failure;
import dev.fettle.agent.heal.Treatment;
import dev.fettle.agent.heal.remedy.Remedies;
import dev.fettle.agent.heal.snippet.Skills;
import dev.fettle.agent.heal.snippet.Snippets;
import dev.fettle.agent.heal.snippet.Waiting;
import dev.fettle.agent.options.HealMode;
import dev.fettle.wire.HealMessage;
import dev.fettle.wire.RemedyOrder;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of methods for which the server prefers one of the built-in remedies. */
class PreferredRemediesTest {
  private static final String LOOP =
      """
      static int f() {
        int sum = 0;
        for (String text : new String[] {"1", "two", "3"}) {
          sum += Integer.parseInt(text);
        }
        return sum;
      }
      """;
  private static final String FAILURE = "java.lang.NumberFormatException";

  @TempDir Path directory;
  private final KeyPair server = pair();
  private final List<List<String>> fitting = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private final List<Treatment> served = new ArrayList<>();
  private HealMode mode = HealMode.TYPED;

  /** Nothing is sure enough to act by itself. */
  private final Snippets snippets =
      new Snippets(
          server.getPublic()::getEncoded,
          "shop-1",
          Remedies.chooser(Map.of("threshold", "1"), this::fit, line -> {}),
          site -> mode,
          name -> true,
          Skills.NONE,
          Waiting.NOBODY,
          () -> 1_000);

  private final Chooser chooser =
      new Chooser() {
        @Override
        public @Nullable Treatment prescribed(Failure failure) {
          if (failure.site().className().equals("p.P")) {
            failures.add(failure);
          }
          Treatment found = snippets.prescribed(failure);
          if (found != null) {
            served.add(found);
          }
          return found;
        }

        @Override
        public @Nullable Treatment choose(Failure failure) {
          return snippets.choose(failure);
        }
      };

  private void fit(Failure failure, List<String> names) {
    if (failure.site().className().equals("p.P")) {
      fitting.add(names);
    }
  }

  @Test
  void whatFitsIsToldAndTheOneThatIsPreferredServesTheNextFailure() throws Throwable {
    try (HealedProgram program = HealedProgram.of(directory, chooser, LOOP)) {
      assertThatThrownBy(() -> program.call("f")).isInstanceOf(NumberFormatException.class);
      assertThat(fitting.get(0)).contains("leave-loop", "skip-iteration", "supply-default");

      assertThat(install(1, "leave-loop")).isNull();
      assertThat(program.call("f")).isEqualTo(1);
      assertThat(served.get(0).rationale()).isEqualTo("a language model says: enough");
      assertThat(served.get(0).evidence()).isNotEmpty();

      assertThat(install(2, "skip-iteration")).isNull();
      assertThat(program.call("f")).isEqualTo(4);
    }
  }

  @Test
  void aRemedyThatDidHarmIsNotPreferredAnyMore() throws Throwable {
    try (HealedProgram program = HealedProgram.of(directory, chooser, LOOP)) {
      assertThat(install(1, "leave-loop")).isNull();
      assertThat(program.call("f")).isEqualTo(1);
      snippets.outcome(failures.get(0).site(), "leave-loop", false, "followed by X");

      assertThatThrownBy(() -> program.call("f")).isInstanceOf(NumberFormatException.class);
    }
  }

  @Test
  void policyHoldsForAPreferredRemedyToo() throws Throwable {
    mode = HealMode.OBSERVE;
    try (HealedProgram program = HealedProgram.of(directory, chooser, LOOP)) {
      assertThat(install(1, "leave-loop")).isNull();
      assertThatThrownBy(() -> program.call("f")).isInstanceOf(NumberFormatException.class);
    }
  }

  @Test
  void whatReachesOutsideIsNotSkippedWhoeverPrefersIt() throws Throwable {
    String members =
        """
        static void f() throws Exception {
          java.nio.file.Files.writeString(java.nio.file.Path.of("/nowhere/at/all"), "x");
        }
        """;
    try (HealedProgram program = HealedProgram.of(directory, chooser, members)) {
      assertThat(
              snippets
                  .install(
                      signed(
                          order(1, "skip-statement", "()V", "java.nio.file.NoSuchFileException")))
                  .refusal())
          .isNull();
      assertThatThrownBy(() -> program.call("f"))
          .isInstanceOf(java.nio.file.NoSuchFileException.class);
    }
  }

  @Test
  void anUnknownNameAndAnotherKeyAreRefused() throws GeneralSecurityException {
    assertThat(install(1, "System.exit")).contains("no such remedy");
    RemedyOrder order = order(2, "leave-loop", "()I", FAILURE);
    assertThat(snippets.install(signed(order, pair())).refusal()).contains("signature");
  }

  private @Nullable String install(long sequence, String remedy) throws GeneralSecurityException {
    return snippets.install(signed(order(sequence, remedy, "()I", FAILURE))).refusal();
  }

  private static RemedyOrder order(
      long sequence, String remedy, String descriptor, String exception) {
    return new RemedyOrder(
        "r-" + sequence,
        "shop-1",
        sequence,
        60_000,
        "p.P",
        "f",
        descriptor,
        0,
        exception,
        remedy,
        "a language model says: enough",
        500);
  }

  private HealMessage.PreferRemedy signed(RemedyOrder order) throws GeneralSecurityException {
    return signed(order, server);
  }

  private static HealMessage.PreferRemedy signed(RemedyOrder order, KeyPair keys)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(keys.getPrivate());
    signature.update(order.pack());
    return new HealMessage.PreferRemedy(order.pack(), signature.sign());
  }

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
