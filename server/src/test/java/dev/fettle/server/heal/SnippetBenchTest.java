package dev.fettle.server.heal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.HealBehavior;
import dev.fettle.contract.model.HealMode;
import dev.fettle.contract.model.HealPolicy;
import dev.fettle.contract.model.HealProposal;
import dev.fettle.contract.model.HealRequest;
import dev.fettle.sandbox.confine.HostExecution;
import dev.fettle.sandbox.snippet.SnippetCompiler;
import dev.fettle.source.java.JavaSources;
import dev.fettle.source.snippet.FailingStatement;
import dev.fettle.testkit.TinyProject;
import dev.fettle.vet.Steps;
import dev.fettle.vet.Vet;
import dev.fettle.vet.Vetting;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnippetBenchTest {
  private static final String PRICES =
      """
      public class Prices {
        private static int last = 31;
        static Object lookup() { return java.lang.invoke.MethodHandles.lookup(); }
        private static int known(String text) { return text.length(); }
        static int of(String text) {
          int price = 0;
          price = Integer.parseInt(text);
          return price;
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void aContainedSnippetIsCompiledAndJudged() throws IOException {
    SnippetBench.Prepared prepared =
        (SnippetBench.Prepared) judged(HealMode.CONTAINED, "price = text.length();");
    assertThat(prepared.variables())
        .containsExactlyInAnyOrder("text Ljava/lang/String;", "price I");
    assertThat(Vet.contained(prepared.code())).isInstanceOf(Vetting.Accepted.class);
  }

  @Test
  void omissionsAreNotAllowedUnlessPolicySaysSo() throws IOException {
    assertThat(judged(HealMode.CONTAINED, 8, "price = 3;", HealBehavior.defaults()))
        .isEqualTo(new SnippetBench.Refused("not allowed: [return-omission]"));
    assertThat(judged(HealMode.CONTAINED, 8, "price = 3;", Set.of(HealBehavior.values())))
        .isInstanceOf(SnippetBench.Prepared.class);
  }

  @Test
  void whatMayNotRunIsRefusedWithTheReason() throws IOException {
    assertThat(refusal(HealMode.CONTAINED, "System.exit(1);")).contains("java/lang/System");
    assertThat(refusal(HealMode.CONTAINED, "price = known(text);")).contains("known");
    assertThat(refusal(HealMode.CONTAINED, "price = ;")).contains("sequence of statements");
    assertThat(refusal(HealMode.FULL, "Runtime.getRuntime().exit(1);"))
        .contains("java.lang.Runtime");
  }

  @Test
  void aFullSnippetUsesPrivateMembersOfTheClassThatItHeals() throws Throwable {
    SnippetBench.Prepared prepared =
        (SnippetBench.Prepared) judged(HealMode.FULL, "price = known(text) + last;");
    byte[] code = ((Vetting.Accepted) Vet.full(prepared.code(), n -> n.equals("Prices"))).code();
    Class<?> host =
        TinyProject.in(folder).source(PRICES).compile("-g").loader().loadClass("Prices");
    MethodHandles.Lookup lookup =
        rights(host).defineHiddenClass(code, true, MethodHandles.Lookup.ClassOption.NESTMATE);
    MethodHandle heal =
        lookup.findStatic(
            lookup.lookupClass(),
            "heal",
            MethodType.methodType(Object[].class, Consumer.class, Object[].class));
    Object[] values = new Object[4];
    int text = prepared.variables().indexOf("text Ljava/lang/String;");
    values[text] = "a dozen";
    values[1 - text] = 0;
    Object[] after = (Object[]) heal.invoke((Consumer<Object>) new Steps(), values);
    assertThat(after[1 - text]).isEqualTo(7 + 31);
  }

  private static MethodHandles.Lookup rights(Class<?> host) throws ReflectiveOperationException {
    Method own = host.getDeclaredMethod("lookup");
    own.setAccessible(true);
    return (MethodHandles.Lookup) own.invoke(null);
  }

  private String refusal(HealMode mode, String code) throws IOException {
    return ((SnippetBench.Refused) judged(mode, code)).reason();
  }

  private SnippetBench.Result judged(HealMode mode, String code) throws IOException {
    return judged(mode, 7, code, HealBehavior.defaults());
  }

  private SnippetBench.Result judged(
      HealMode mode, int line, String code, Set<HealBehavior> behaviors) throws IOException {
    TinyProject project = TinyProject.in(folder).source(PRICES).compile("-g");
    CapturedFrame frame =
        new CapturedFrame(
            "Prices", "of", "(Ljava/lang/String;)I", "Prices.java", line, true, null, List.of());
    FailingStatement statement =
        FailingStatement.of(
                new JavaSources().project(project.tree(), project.model()),
                "Prices",
                "of",
                "",
                line,
                mode == HealMode.FULL ? n -> true : Vet::mayName)
            .orElseThrow();
    CapturedException thrown =
        new CapturedException(
            "java.lang.NumberFormatException", "For input string", List.of(frame), null);
    HealPolicy policy = HealPolicy.of(mode).with(behaviors);
    HealRequest request =
        new HealRequest(
            project.incident(thrown),
            statement.place(),
            statement.statement(),
            statement.method(),
            List.of(),
            Set.of(),
            policy.mode(),
            policy.behaviors());
    try (SnippetCompiler compiler =
        SnippetCompiler.open(folder.resolve("snippets"), HostExecution.ALLOWED)) {
      SnippetBench bench = new SnippetBench(compiler, new Withdrawn(List.of()));
      bench.open(new HealCase(frame, statement, project.tree(), project.model(), request));
      return bench.prepare(
          request, new HealProposal.RunSnippet(code, HealProposal.Then.NEXT, mode, "test", 0.5));
    }
  }
}
