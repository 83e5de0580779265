package dev.fettle.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.checkout.FolderTree;
import dev.fettle.checkout.RecentChanges;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.spi.ProjectReader;
import dev.fettle.sandbox.Sandbox;
import dev.fettle.sandbox.confine.HostExecution;
import dev.fettle.search.SearchReport;
import dev.fettle.search.Suggestions;
import dev.fettle.source.java.JavaProject;
import dev.fettle.source.java.JavaSources;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search over a project of several files, with the real laboratory. */
class SearchTest {
  @TempDir Path directory;

  @Test
  void findsConditionsOfObjectsInOneOfSeveralFiles() throws IOException {
    write(
        "src/main/java/shop/Customer.java",
        """
        package shop;
        public class Customer {
          private final String name;
          private final boolean regular;
          public Customer(String name, boolean regular) { this.name = name; this.regular = regular; }
          public boolean isRegular() { return regular; }
          public String name() { return name; }
        }
        """);
    write(
        "src/main/java/shop/Rates.java",
        """
        package shop;
        public class Rates {
          public static int fee(Customer customer, int items) {
            int fee = base(items);
            return fee + customer.name().length();
          }
          static int base(int items) { return 2 * items; }
        }
        """);
    write(
        "src/test/java/shop/RatesTest.java",
        """
        package shop;
        import static org.junit.jupiter.api.Assertions.assertEquals;
        import org.junit.jupiter.api.Test;
        class RatesTest {
          @Test void others() { assertEquals(7, Rates.fee(new Customer("Ada", false), 2)); }
          @Test void none() { assertEquals(1, Rates.fee(new Customer("A", false), 0)); }
          @Test void regulars() { assertEquals(0, Rates.fee(new Customer("Ada", true), 2)); }
          @Test void regularsAlways() { assertEquals(0, Rates.fee(new Customer("Bob B", true), 7)); }
        }
        """);

    SearchReport report = searched();

    assertThat(report.synthesis().turned()).as("%s", report).isPositive();
    assertThat(report.patches().get(0).candidate().patch().replacements().get(0).text())
        .contains("if (customer.isRegular())", "return 0;");
  }

  private SearchReport searched() throws IOException {
    FolderTree tree = FolderTree.of(directory.resolve("project"));
    Budget budget = Budget.begun(Duration.ZERO, Duration.ofMinutes(5));
    Progress progress = new Progress(new PrintWriter(new StringWriter()), budget);
    try (Sandbox sandbox = Sandbox.open(directory.resolve("data"), HostExecution.ALLOWED)) {
      ProjectModel model = ((ProjectReader.Reading.Read) sandbox.reader().read(tree)).project();
      JavaProject sources = new JavaSources().project(tree, model);
      List<FailingTests.Seen> seen =
          new FailingTests(sandbox.tests(), model, budget, progress).find(List.of(), List.of());
      Search.Target target = Targets.of(seen, sources, RecentChanges.none()).get(0);
      return new Search(sandbox::candidates, sources, progress, () -> false)
          .run(target, Duration.ofSeconds(60), 1, 5, Suggestions.none());
    }
  }

  private void write(String path, String text) throws IOException {
    Path file = directory.resolve("project").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
