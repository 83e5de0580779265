package dev.fettle.testkit.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlowestTestsTest {
  @TempDir Path root;

  @Test
  void ordersTestsOfAllModulesAndNamesSkippedOnes() throws Exception {
    report("a", "<testsuite><testcase classname='x.A' name='quick' time='0.5'/></testsuite>");
    report(
        "b",
        "<testsuite><testcase classname='x.B' name='slow' time='1,002.5'/>"
            + "<testcase classname='x.B' name='left' time='0'>"
            + "<skipped message='needs Chromium'/></testcase></testsuite>");
    assertThat(SlowestTests.report(SlowestTests.read(root)).lines())
        .containsExactly(
            "3 tests took 1003 s, 1 were skipped; the 3 slowest:",
            "  1002.50 s  b: B.slow",
            "     0.50 s  a: A.quick",
            "     0.00 s  b: B.left",
            "  SKIPPED    b: B.left: needs Chromium");
  }

  @Test
  void readsTheReasonOfAnAssumptionFromTheText() throws Exception {
    report(
        "a",
        "<testsuite><testcase classname='x.A' name='left' time='0'><skipped><![CDATA["
            + "org.opentest4j.TestAbortedException: Assumption failed: SKIPPED: no JDK 25\n\tat x"
            + "]]></skipped></testcase><testcase classname='x.A' name='next' time='1'/></testsuite>");
    assertThat(SlowestTests.read(root))
        .extracting(SlowestTests.Timed::skipped)
        .containsExactly("Assumption failed: SKIPPED: no JDK 25", "");
  }

  @Test
  void readsWhatIsThereOfACutReport() throws Exception {
    report("a", "<testsuite><testcase classname='x.A' name='one' time='1'/><testcase classn");
    assertThat(SlowestTests.read(root)).hasSize(1);
  }

  private void report(String module, String xml) throws Exception {
    Path reports = Files.createDirectories(root.resolve(module).resolve("target/surefire-reports"));
    Files.writeString(reports.resolve("TEST-" + module + ".xml"), xml);
  }
}
