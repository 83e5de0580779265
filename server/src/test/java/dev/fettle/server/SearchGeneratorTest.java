package dev.fettle.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.checkout.FolderTree;
import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.contract.model.Fingerprint;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.Origin;
import dev.fettle.contract.model.Signal;
import dev.fettle.contract.model.SourcePlace;
import dev.fettle.contract.model.Suspect;
import dev.fettle.contract.model.TestDraft;
import dev.fettle.contract.model.TrustTier;
import dev.fettle.contract.spi.ProjectReader;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.sandbox.Sandbox;
import dev.fettle.sandbox.confine.HostExecution;
import dev.fettle.source.java.JavaSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchGeneratorTest {
  private static final String MAIN = "src/main/java/shop/Cart.java";
  private static final String CART =
      """
      package shop;
      public class Cart {
        public static int last(int[] items) {
          System.out.println("noise");
          return items[items.length];
        }
      }
      """;
  private static final String REPRODUCTION =
      """
      package shop;
      public class CartReproduction {
        public void lastDoesNotFail() {
          int last = Cart.last(new int[] {3, 4});
          if (last != 4) {
            throw new AssertionError(last);
          }
        }
      }
      """;

  @TempDir Path directory;

  @Test
  void proposesWhatMakesTheReproductionPass() throws IOException {
    try (Sandbox sandbox = Sandbox.open(directory.resolve("data"), HostExecution.ALLOWED)) {
      RepairCase repairCase = repairCase(sandbox);
      SearchGenerator search = generator(sandbox, Duration.ofSeconds(60));

      List<Candidate> found = search.candidates(repairCase).toList();

      assertThat(found).isNotEmpty();
      assertThat(found)
          .anyMatch(c -> c.patch().apply(MAIN, CART).contains("items[items.length - 1]"));
      assertThat(found).allMatch(c -> c.score() <= 0.4);
      assertThat(found.get(0).generator()).startsWith("search/");
    }
  }

  @Test
  void searchesNothingWithoutTime() throws IOException {
    try (Sandbox sandbox = Sandbox.open(directory.resolve("data"), HostExecution.ALLOWED)) {
      assertThat(generator(sandbox, Duration.ZERO).candidates(repairCase(sandbox))).isEmpty();
    }
  }

  private static SearchGenerator generator(Sandbox sandbox, Duration time) {
    return new SearchGenerator(
        sandbox::candidates,
        new JavaSources(),
        time,
        new ModelHints(Duration.ZERO, System::nanoTime));
  }

  private RepairCase repairCase(Sandbox sandbox) throws IOException {
    Path file = directory.resolve("project").resolve(MAIN);
    Files.createDirectories(file.getParent());
    Files.writeString(file, CART);
    SourceTree tree = FolderTree.of(directory.resolve("project"));
    ProjectReader.Reading.Read read = (ProjectReader.Reading.Read) sandbox.reader().read(tree);
    TestDraft draft =
        new TestDraft(
            "",
            "src/test/java/shop/CartReproduction.java",
            REPRODUCTION,
            "shop.CartReproduction",
            List.of("lastDoesNotFail"),
            TestDraft.Rung.PURE_FRAME,
            List.of());
    return new RepairCase(incident(), diagnosis(), tree, read.project(), Optional.of(draft));
  }

  private static Diagnosis diagnosis() {
    int start = CART.indexOf("items[items.length]");
    SourcePlace place = new SourcePlace(MAIN, "shop.Cart", "last", "([I)I", 5, start, start + 19);
    return new Diagnosis(
        new IncidentId("inc-search1"),
        FaultClass.INDEX_OUT_OF_BOUNDS,
        null,
        List.of(new Suspect(place, 1, Suspect.Role.FAILED, List.of("It threw."))),
        "The index is the length.",
        List.of(),
        true,
        null);
  }

  private static Incident incident() {
    Instant now = Instant.parse("2026-11-21T12:00:00Z");
    CapturedException thrown =
        new CapturedException(
            "java.lang.ArrayIndexOutOfBoundsException", "Index 2", List.of(), null);
    Signal signal =
        new Signal(
            "agent",
            Signal.Kind.ERROR,
            new Origin("shop", "test", null, null, null, "agent"),
            TrustTier.AUTHENTICATED,
            now,
            "main",
            thrown,
            null,
            "an incident",
            1);
    return new Incident(
        new IncidentId("inc-search1"),
        new Fingerprint(List.of("x"), "fp-1"),
        thrown.type(),
        now,
        now,
        1,
        signal);
  }
}
