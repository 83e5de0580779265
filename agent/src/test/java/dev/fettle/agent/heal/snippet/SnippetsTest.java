package dev.fettle.agent.heal.snippet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.agent.heal.Action;
import dev.fettle.agent.heal.Chooser;
import dev.fettle.agent.heal.Exit;
import dev.fettle.agent.heal.Failure;
import dev.fettle.agent.heal.Treatment;
import dev.fettle.agent.heal.report.OneSite;
import dev.fettle.agent.options.HealMode;
import dev.fettle.wire.HealMessage;
import dev.fettle.wire.SnippetOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnippetsTest {
  private static final OneSite SITE = OneSite.price();
  private static final String LIST = "Ljava/util/List;";
  private static final List<String> VARIABLES =
      List.of("text Ljava/lang/String;", "seen " + LIST, "price I");

  @TempDir Path folder;
  private final KeyPair server = pair();
  private final List<Integer> live = new ArrayList<>(List.of(1));
  private final Failure failure =
      SITE.failing(new NumberFormatException("x"), "12 eggs", live, new int[1], 7);
  private long now = 1_000_000;
  private HealMode mode = HealMode.FULL;

  @Test
  void aContainedSnippetSuppliesTheValue() {
    Snippets snippets =
        with(order(true, "v[2] = Integer.parseInt(((String) v[0]).split(\" \")[0]);"));
    Action.Resume resume = (Action.Resume) act(snippets);
    assertThat(resume.exit()).isEqualTo(Exit.NEXT);
    assertThat(resume.writes().values()).anyMatch(Integer.valueOf(12)::equals);
  }

  @Test
  void itCannotChangeTheLiveList() {
    Snippets snippets = with(order(true, "((java.util.List<Object>) v[1]).add(9);"));
    Action.Resume resume = (Action.Resume) act(snippets);
    assertThat(live).containsExactly(1);
    assertThat(resume.writes().values()).anyMatch(List.of(1, 9)::equals);
  }

  @Test
  void whatItDidNotChangeStaysTheSameObject() {
    Snippets snippets = with(order(true, "v[2] = 3;"));
    Action.Resume resume = (Action.Resume) act(snippets);
    assertThat(resume.writes().values()).anyMatch(v -> v == live);
  }

  @Test
  void aFullSnippetChangesTheLiveList() {
    Snippets snippets = with(order(false, "((java.util.List<Object>) v[1]).add(9);"));
    act(snippets);
    assertThat(live).isEqualTo(List.of(1, 9));
  }

  @Test
  void aSnippetCanLeaveTheMethod() {
    Snippets snippets = with(order(true, "v[3] = \"return\"; v[4] = 42;"));
    assertThat(act(snippets)).isEqualTo(new Action.Return(42));
  }

  @Test
  void aWrongTypeIsNotReturned() {
    Snippets snippets = with(order(true, "v[3] = \"return\"; v[4] = \"many\";"));
    assertThat(act(snippets)).isInstanceOf(Action.Escalate.class);
  }

  @Test
  void aWrongTypeIsNotWritten() {
    Snippets snippets = with(order(true, "v[2] = \"many\";"));
    assertThat(act(snippets)).isInstanceOf(Action.Escalate.class);
  }

  @Test
  void anEndlessSnippetEscalates() {
    Snippets snippets = with(order(true, "while (v != null) { }"));
    assertThat(act(snippets))
        .isInstanceOfSatisfying(
            Action.Escalate.class, e -> assertThat(e.reason()).contains("stopped"));
  }

  @Test
  void aSnippetThatFailsEscalates() {
    Snippets snippets = with(order(true, "v[2] = Integer.parseInt((String) v[0]);"));
    assertThat(act(snippets))
        .isInstanceOfSatisfying(
            Action.Escalate.class,
            e -> assertThat(e.reason()).contains("java.lang.NumberFormatException"));
  }

  @Test
  void hostileCodeIsRefusedAlthoughTheServerSignedIt() {
    assertThat(install(signed(order(true, "System.exit(1);")))).contains("java/lang/System");
    assertThat(install(signed(order(false, "System.exit(1);")))).contains("java.lang.System");
  }

  @Test
  void anotherKeysSignatureIsRefused() {
    SnippetOrder order = order(true, "v[2] = 3;");
    assertThat(install(message(order, pair()))).contains("signature");
  }

  @Test
  void everyChangedByteIsRefused() {
    HealMessage.InstallSnippet good = signed(order(true, "v[2] = 3;"));
    for (int i = 0; i < good.order().length; i += 7) {
      byte[] bad = good.order().clone();
      bad[i] ^= 1;
      assertThat(install(new HealMessage.InstallSnippet(bad, good.signature())))
          .contains("signature");
    }
  }

  @Test
  void anOrderForAnotherAgentIsRefused() {
    SnippetOrder mine = order(true, "v[2] = 3;");
    assertThat(install(signed(copy(mine, "shop-2", 5, mine.expires())))).contains("another agent");
  }

  @Test
  void aReplayedOrderIsRefused() {
    Snippets snippets = snippets();
    HealMessage.InstallSnippet message = signed(order(true, "v[2] = 3;"));
    assertThat(snippets.install(message).refusal()).isNull();
    assertThat(snippets.install(message).refusal()).contains("older");
  }

  @Test
  void anExpiredOrderIsRefusedAndAnExpiredSnippetForgotten() {
    SnippetOrder order = order(true, "v[2] = 3;");
    Snippets snippets = with(order);
    assertThat(snippets.prescribed(failure)).isNotNull();
    now = order.expires();
    assertThat(snippets.prescribed(failure)).isNull();
    assertThat(install(signed(order))).contains("expired");
  }

  @Test
  void ordersForALongTimeAreRefused() {
    SnippetOrder order = order(true, "v[2] = 3;");
    assertThat(install(signed(copy(order, "shop-1", 5, now + OrderBook.LONGEST_MILLIS + 1))))
        .contains("seven days");
  }

  @Test
  void anAgentWithoutAKeyRefusesEverything() {
    Snippets snippets =
        new Snippets(
            () -> null,
            "shop-1",
            Chooser.NOTHING,
            s -> HealMode.FULL,
            n -> true,
            Skills.NONE,
            Waiting.NOBODY,
            () -> now);
    assertThat(snippets.install(signed(order(true, "v[2] = 3;"))).refusal()).contains("no key");
  }

  @Test
  void policyDecidesWhichKindRuns() {
    Snippets contained = with(order(true, "v[2] = 3;"));
    Snippets full = with(order(false, "v[2] = 3;"));
    mode = HealMode.TYPED;
    assertThat(contained.prescribed(failure)).isNull();
    mode = HealMode.CONTAINED;
    assertThat(contained.prescribed(failure)).isNotNull();
    assertThat(full.prescribed(failure)).isNull();
  }

  @Test
  void aVariableThatIsNotHereEscalates() {
    SnippetOrder order = order(true, "v[2] = 3;");
    SnippetOrder strange =
        new SnippetOrder(
            order.id(),
            "shop-1",
            3,
            order.expires(),
            order.className(),
            order.method(),
            order.descriptor(),
            order.line(),
            order.exception(),
            true,
            false,
            List.of("other I"),
            "",
            500,
            order.code());
    assertThat(act(with(strange))).isInstanceOf(Action.Escalate.class);
  }

  @Test
  void otherExceptionsAreLeftToTheNextChooser() {
    Snippets snippets = with(order(true, "v[2] = 3;"));
    assertThat(snippets.prescribed(SITE.failing(new ArithmeticException(), "", live))).isNull();
  }

  @Test
  void oneRegressionWithdrawsASnippet() {
    Snippets snippets = with(order(true, "v[2] = 3;"));
    Treatment treatment = snippets.prescribed(failure);
    snippets.outcome(SITE, treatment.name(), false, "followed by X");
    assertThat(treatment.isCurrent()).isFalse();
    assertThat(snippets.prescribed(failure)).isNull();
  }

  @Test
  void aThreadThatWasToldToWaitGetsTheSnippetOfThisFailure() {
    List<Snippets> holder = new ArrayList<>();
    HealMessage.InstallSnippet message = signed(order(true, "v[2] = 3;"));
    Waiting waiting = new Waiting(30_000, f -> holder.get(0).install(message), System::nanoTime);
    holder.add(snippets(waiting));
    assertThat(holder.get(0).prescribed(failure)).isNotNull();
  }

  @Test
  void nobodyWaitsTwiceInAMinuteOrInterrupted() {
    List<Failure> asked = new ArrayList<>();
    Snippets snippets = snippets(new Waiting(30_000, asked::add, System::nanoTime));
    Thread.currentThread().interrupt();
    assertThat(snippets.prescribed(failure)).isNull();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(snippets.prescribed(failure)).isNull();
    assertThat(asked).containsExactly(failure);
  }

  @Test
  void nobodyWaitsWherePolicyHealsNothing() {
    List<Failure> asked = new ArrayList<>();
    mode = HealMode.OBSERVE;
    assertThat(snippets(new Waiting(30_000, asked::add, System::nanoTime)).prescribed(failure))
        .isNull();
    assertThat(asked).isEmpty();
  }

  private Action act(Snippets snippets) {
    return snippets.prescribed(failure).act(failure);
  }

  private Snippets with(SnippetOrder order) {
    Snippets snippets = snippets();
    assertThat(snippets.install(signed(order)).refusal()).isNull();
    return snippets;
  }

  private String install(HealMessage.InstallSnippet message) {
    return String.valueOf(snippets().install(message).refusal());
  }

  private Snippets snippets() {
    return snippets(Waiting.NOBODY);
  }

  private Snippets snippets(Waiting waiting) {
    return new Snippets(
        server.getPublic()::getEncoded,
        "shop-1",
        Chooser.NOTHING,
        s -> mode,
        n -> n.startsWith("shop."),
        Skills.NONE,
        waiting,
        () -> now);
  }

  private SnippetOrder order(boolean contained, String body) {
    return new SnippetOrder(
        "s-1",
        "shop-1",
        2,
        now + 60_000,
        SITE.className(),
        "price",
        SITE.method().desc,
        SITE.line(),
        "java.lang.NumberFormatException",
        contained,
        false,
        VARIABLES,
        "the leading digits",
        800,
        compiled(body));
  }

  private static SnippetOrder copy(SnippetOrder o, String agent, long sequence, long expires) {
    return new SnippetOrder(
        o.id(),
        agent,
        sequence,
        expires,
        o.className(),
        o.method(),
        o.descriptor(),
        o.line(),
        o.exception(),
        o.contained(),
        o.retry(),
        o.variables(),
        o.rationale(),
        o.confidence(),
        o.code());
  }

  private HealMessage.InstallSnippet signed(SnippetOrder order) {
    return message(order, server);
  }

  private static HealMessage.InstallSnippet message(SnippetOrder order, KeyPair keys) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(keys.getPrivate());
      signature.update(order.pack());
      return new HealMessage.InstallSnippet(order.pack(), signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] compiled(String body) {
    try {
      Path source = folder.resolve("FettleSnippet.java");
      Files.writeString(
          source,
          "final class FettleSnippet { static Object[] heal(Object[] v) { "
              + body
              + " return v; }}");
      int code =
          ToolProvider.getSystemJavaCompiler()
              .run(
                  null,
                  null,
                  null,
                  "--release",
                  "17",
                  "-XDstringConcat=inline",
                  "-nowarn",
                  "-Xlint:none",
                  "-d",
                  folder.toString(),
                  source.toString());
      assertThat(code).isZero();
      return Files.readAllBytes(folder.resolve("FettleSnippet.class"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
