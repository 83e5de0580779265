package dev.fettle.vet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

public class FullSnippetTest {
  @Test
  void liveObjectsCanBeChanged() throws Throwable {
    List<Object> live = new ArrayList<>();
    run("((java.util.List<Object>) v[0]).add(1);", live);
    assertThat(live).containsExactly(1);
  }

  @Test
  void endlessLoopsEnd() {
    assertThatThrownBy(() -> run("while (v != null) { }")).isInstanceOf(BudgetExhausted.class);
  }

  @Test
  void handlersDoNotCatchTheEnd() {
    assertThatThrownBy(
            () ->
                run(
                    "while (v != null) { try { v[0] = 1; } finally { if (v != null) continue; } }",
                    1))
        .isInstanceOf(BudgetExhausted.class);
  }

  @Test
  void whatLeadsOutOfTheProgramIsRefused() {
    for (String code :
        List.of(
            "System.exit(1);",
            "Runtime.getRuntime();",
            "new Thread();",
            "Thread.currentThread();",
            "new ProcessBuilder();",
            "new java.io.File(\"x\");",
            "java.nio.file.Files.exists(null);",
            "new java.net.Socket();",
            "v[0].getClass();",
            "v[0] = String.class;",
            "v[0].wait();",
            "java.lang.invoke.MethodHandles.lookup();",
            "java.util.ServiceLoader.load(null);",
            "String.format(\"%9d\", 1);",
            "new java.util.concurrent.ForkJoinPool();",
            "java.util.logging.Logger.getLogger(\"x\");",
            "synchronized (v) { v[0] = 1; }",
            "Runnable r = System::gc;",
            "Thread.State s = Thread.State.NEW; v[0] = s;",
            "new org.assertj.core.api.SoftAssertions();",
            "try { v[0] = 1; } catch (Throwable t) { }",
            "try { v[0] = 1; } catch (Error t) { }")) {
      assertThat(judged(code))
          .as(code)
          .isInstanceOfSatisfying(
              Vetting.Refused.class, r -> assertThat(r.reason()).isNotEqualTo("does not compile"));
    }
  }

  @Test
  void theApplicationsClassesAreOpen() {
    assertThat(judged("dev.fettle.vet.FullSnippetTest.skill();"))
        .isInstanceOf(Vetting.Accepted.class);
  }

  /** Of the "application". */
  public static void skill() {}

  private static Vetting judged(String code) {
    byte[] bytes = Corpus.compile(new Shape("full", code, "").source());
    return bytes == null
        ? new Vetting.Refused("does not compile")
        : Vet.full(bytes, n -> n.equals("dev.fettle.vet.FullSnippetTest"));
  }

  private static Object[] run(String code, Object... values) throws Throwable {
    Vetting.Accepted accepted = (Vetting.Accepted) judged(code);
    Class<?> type =
        new ClassLoader(FullSnippetTest.class.getClassLoader()) {
          Class<?> define() {
            return defineClass(null, accepted.code(), 0, accepted.code().length);
          }
        }.define();
    MethodHandle heal =
        MethodHandles.publicLookup()
            .findStatic(
                type,
                "heal",
                MethodType.methodType(Object[].class, Consumer.class, Object[].class));
    return (Object[]) heal.invoke((Consumer<Object>) new Steps(), values);
  }
}
