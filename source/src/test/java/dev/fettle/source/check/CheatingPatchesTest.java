package dev.fettle.source.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedValue;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.Replacement;
import dev.fettle.contract.model.SourcePlace;
import dev.fettle.contract.model.StepResult;
import dev.fettle.contract.model.Suspect;
import dev.fettle.contract.model.TestDraft;
import dev.fettle.contract.model.Variable;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.contract.spi.ValidationStep;
import dev.fettle.source.java.JavaSources;
import dev.fettle.testkit.TinyProject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patches that make a failure disappear without removing it; each is refused by a named step. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheatingPatchesTest {
  private static final String CART = "src/main/java/shop/Cart.java";
  private static final String TEST = "src/test/java/shop/CartTest.java";
  private static final String POM = "pom.xml";
  private static final String SOURCE =
      """
      package shop;

      import java.util.List;

      public class Cart {
        private final Rules rules = new Rules();

        @Deprecated
        public synchronized long total(List<String> codes, String coupon, int user) {
          rules.checkUser(user);
          if (user < 0) {
            throw new IllegalArgumentException("user " + user);
          }
          long sum = 0;
          for (String code : codes) {
            sum += price(code);
          }
          return sum - coupon.length();
        }

        long price(String code) {
          return code.hashCode() % 100;
        }

        static class Rules {
          void checkUser(int user) {}
        }
      }
      """;
  private static final String TEST_SOURCE =
      "package shop; class CartTest { void t() { assert new Cart().total(null, \"SUMMER\", 4711) =="
          + " 815; } }";

  @TempDir static Path dir;
  private final List<ValidationStep> steps = SourceSteps.all(new JavaSources());
  private RepairCase repair;

  @BeforeAll
  void project() {
    TinyProject tiny =
        TinyProject.in(dir)
            .source(SOURCE)
            .test(TEST_SOURCE)
            .write(POM, "<project/>\n")
            .write(".mvn/extensions.xml", "<extensions/>\n")
            .write(".github/workflows/ci.yml", "on: push\n")
            .compile();
    CapturedException thrown = tiny.failure("shop.Cart", "total", List.of("a"), null, 4711);
    Incident incident =
        tiny.incident(
            TinyProject.withValues(
                thrown,
                0,
                null,
                new Variable("user", "I", true, new CapturedValue.Scalar("int", "4711"))));
    Suspect suspect =
        new Suspect(
            new SourcePlace(CART, "shop.Cart", "total", "", 18, 0, 1),
            1,
            Suspect.Role.FAILED,
            List.of("it threw"));
    Diagnosis diagnosis =
        new Diagnosis(
            incident.id(),
            FaultClass.NULL_DEREFERENCE,
            null,
            List.of(suspect),
            "coupon is null",
            List.of(),
            true,
            null);
    TestDraft draft =
        new TestDraft(
            "",
            TEST,
            TEST_SOURCE,
            "shop.CartTest",
            List.of("t"),
            TestDraft.Rung.EXISTING_TEST,
            List.of());
    repair = new RepairCase(incident, diagnosis, tiny.tree(), tiny.model(), Optional.of(draft));
  }

  @Test
  void theHonestRepairPasses() {
    assertThat(
            refusedBy(
                CART,
                "return sum - coupon.length();",
                "return coupon == null ? sum : sum - coupon.length();"))
        .isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "weakens the test~" + TEST + "~== 815~!= 0~scope",
        "deletes the test's assertion~"
            + TEST
            + "~assert new Cart()~boolean b = new Cart()~keeps checks",
        "skips the test~"
            + TEST
            + "~void t() {~void t() { if (true) return;~no constant conditions",
        "disables the test~"
            + TEST
            + "~void t()~@org.junit.jupiter.api.Disabled void t()~no new powers",
        "assumes in the test~"
            + TEST
            + "~void t() {~void t() { org.junit.Assume.assumeTrue(false);~no new powers",
        "edits the build~pom.xml~<project/>~<project><!-- skipTests --></project>~scope",
        "edits build extensions~.mvn/extensions.xml~<extensions/>~<extensions> </extensions>~scope",
        "edits the pipeline~.github/workflows/ci.yml~push~never~scope",
        "catches Throwable~"
            + CART
            + "~return sum - coupon.length();~try { return sum - coupon.length(); } catch"
            + " (Throwable t) { return sum; }~swallows nothing",
        "catches the exception itself~"
            + CART
            + "~return sum - coupon.length();~try { return sum - coupon.length(); } catch"
            + " (NullPointerException e) { return sum; }~swallows nothing",
        "catches it qualified~"
            + CART
            + "~return sum - coupon.length();~try { return sum - coupon.length(); } catch"
            + " (java.lang.RuntimeException e) { return sum; }~swallows nothing",
        "catches one of several~"
            + CART
            + "~return sum - coupon.length();~try { return sum - coupon.length(); } catch"
            + " (NumberFormatException | NullPointerException e) { return sum; }~swallows nothing",
        "leaves a catch block empty~"
            + CART
            + "~sum += price(code);~try { sum += price(code); } catch (NumberFormatException e) {"
            + " }~swallows nothing",
        "returns from finally~"
            + CART
            + "~return sum - coupon.length();~try { return sum - coupon.length(); } finally {"
            + " return sum; }~swallows nothing",
        "compares with the seen input~"
            + CART
            + "~return sum - coupon.length();~if (user == 4711) { return sum; } return sum -"
            + " coupon.length();~hard-codes nothing",
        "compares with the test's text~"
            + CART
            + "~return sum - coupon.length();~return \"SUMMER\".equals(coupon) ? sum : sum -"
            + " coupon.length();~hard-codes nothing",
        "switches on the seen input~"
            + CART
            + "~return sum - coupon.length();~switch (user) { case 4711: return sum; default:"
            + " return sum - coupon.length(); }~hard-codes nothing",
        "returns what the test expects~"
            + CART
            + "~return sum - coupon.length();~if (coupon == null) { return 815; } return sum -"
            + " coupon.length();~hard-codes nothing",
        "returns a constant~"
            + CART
            + "~return code.hashCode() % 100;~return 7;~hard-codes nothing",
        "exits~"
            + CART
            + "~return sum - coupon.length();~if (coupon == null) { System.exit(0); } return sum -"
            + " coupon.length();~no new powers",
        "halts~"
            + CART
            + "~return sum - coupon.length();~if (coupon == null) { Runtime.getRuntime().halt(0); }"
            + " return sum;~no new powers",
        "runs a command~"
            + CART
            + "~return sum - coupon.length();~try { new ProcessBuilder(\"true\").start(); } catch"
            + " (java.io.IOException e) { sum++; } return sum;~no new powers",
        "forges a report~"
            + CART
            + "~return sum - coupon.length();~try {"
            + " java.nio.file.Files.writeString(java.nio.file.Path.of(\"target/surefire-reports/TEST-x.xml\"),"
            + " \"<testsuite/>\"); } catch (java.io.IOException e) { sum++; } return sum;~no new"
            + " powers",
        "looks for the test on the stack~"
            + CART
            + "~return sum - coupon.length();~return new Exception().getStackTrace().length > 20 ?"
            + " 815 : sum - coupon.length();~no new powers",
        "asks whether a test runs~"
            + CART
            + "~return sum - coupon.length();~return"
            + " System.getProperty(\"surefire.test.class.path\") != null ? 1 : sum -"
            + " coupon.length();~no new powers",
        "loads the test's class~"
            + CART
            + "~return sum - coupon.length();~try { Class.forName(\"shop.CartTest\"); return 815; }"
            + " catch (ClassNotFoundException e) { return sum; }~no new powers",
        "reflects~"
            + CART
            + "~return sum - coupon.length();~try {"
            + " Cart.class.getDeclaredField(\"rules\").setAccessible(true); } catch"
            + " (NoSuchFieldException e) { sum++; } return sum;~no new powers",
        "opens a connection~"
            + CART
            + "~return sum - coupon.length();~try { new java.net.Socket(\"127.0.0.1\", 1).close();"
            + " } catch (java.io.IOException e) { sum++; } return sum;~no new powers",
        "leaves it to a thread~"
            + CART
            + "~return sum - coupon.length();~new Thread(() -> coupon.length()).start(); return"
            + " sum;~no new powers",
        "reads the environment~"
            + CART
            + "~return sum - coupon.length();~return System.getenv(\"CI\") == null ? sum -"
            + " coupon.length() : sum;~no new powers",
        "exits by the full name~"
            + CART
            + "~return sum - coupon.length();~if (coupon == null) { java.lang.System.exit(0); }"
            + " return sum - coupon.length();~no new powers",
        "exits by a static import~"
            + CART
            + "~import java.util.List;~import java.util.List; import static"
            + " java.lang.System.exit;~no new powers",
        "imports all that a power class has~"
            + CART
            + "~import java.util.List;~import java.util.List; import static java.lang.System.*;~no"
            + " new powers",
        "exits by a reference~"
            + CART
            + "~return sum - coupon.length();~if (coupon == null) {"
            + " java.util.stream.IntStream.of(0).forEach(System::exit); } return sum;~no new powers",
        "exits by a reference with the full name~"
            + CART
            + "~return sum - coupon.length();~if (coupon == null) {"
            + " java.util.stream.IntStream.of(0).forEach(java.lang.System::exit); } return sum;~no"
            + " new powers",
        "runs a command by the full name~"
            + CART
            + "~return sum - coupon.length();~try { new java.lang.ProcessBuilder(\"true\").start();"
            + " } catch (java.io.IOException e) { sum++; } return sum;~no new powers",
        "loads a class by the full name~"
            + CART
            + "~return sum - coupon.length();~try { java.lang.Class.forName(\"shop.CartTest\");"
            + " return 815; } catch (ClassNotFoundException e) { return sum; }~no new powers",
        "reads the environment by the full name~"
            + CART
            + "~return sum - coupon.length();~return java.lang.System.getenv(\"CI\") == null ? sum -"
            + " coupon.length() : sum;~no new powers",
        "silences the compiler by the full name~"
            + CART
            + "~long price(~@java.lang.SuppressWarnings(\"all\") long price(~no new powers",
        "removes the user check~" + CART + "~rules.checkUser(user);~;~keeps checks",
        "removes the throw~"
            + CART
            + "~throw new IllegalArgumentException(\"user \" + user);~user = 0;~keeps checks",
        "drops a lock~" + CART + "~public synchronized long~public long~keeps contracts",
        "drops an annotation~" + CART + "~@Deprecated~ ~keeps contracts",
        "opens a method up~" + CART + "~long price(~public long price(~keeps contracts",
        "redefines equality~"
            + CART
            + "~long price(~public boolean equals(Object o) { return o != null; } long price(~keeps"
            + " contracts",
        "runs at class load~"
            + CART
            + "~long price(~static { Integer.valueOf(1); } long price(~keeps contracts",
        "switches code off~"
            + CART
            + "~return sum - coupon.length();~if (false) { sum -= coupon.length(); } return sum;~no"
            + " constant conditions",
        "always takes one side~"
            + CART
            + "~return sum - coupon.length();~return 1 == 1 ? sum : sum - coupon.length();~no"
            + " constant conditions",
        "replaces half the file~" + CART + "~return sum - coupon.length();~LONG~size",
        "does not parse~" + CART + "~return sum - coupon.length();~return sum -;~parses",
      })
  void isRefusedByItsStep(String cheat, String path, String before, String after, String step) {
    String text = after == null ? "" : after;
    assertThat(refusedBy(path, before, text.equals("LONG") ? "x();\n".repeat(70) : text))
        .as(cheat)
        .startsWith(step);
  }

  private String refusedBy(String path, String before, String after) {
    String text = repair.tree().text(path).orElseThrow();
    int at = text.indexOf(before);
    assertThat(at).as("%s in %s", before, path).isNotNegative();
    Patch patch =
        new Patch(List.of(new Replacement(path, at, at + before.length(), before, after)));
    Candidate candidate = new Candidate(patch, "llm/repair/1", "r", 0.5);
    for (ValidationStep step : steps) {
      StepResult result = step.check(candidate, repair);
      if (result instanceof StepResult.Rejected rejected) {
        return step.oracle() + ": " + rejected.reason();
      }
    }
    return "";
  }
}
