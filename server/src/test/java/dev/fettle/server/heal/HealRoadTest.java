package dev.fettle.server.heal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.HealMode;
import dev.fettle.contract.model.HealPolicy;
import dev.fettle.contract.model.HealProposal;
import dev.fettle.contract.model.HealRequest;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.spi.Healer;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.intake.agent.FittingRemedies;
import dev.fettle.sandbox.confine.HostExecution;
import dev.fettle.sandbox.snippet.SnippetCompiler;
import dev.fettle.source.java.JavaSources;
import dev.fettle.testkit.TinyProject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealRoadTest {
  private static final String PRICES =
      """
      public class Prices {
        static int of(String text) {
          int price = 0;
          price = Integer.parseInt(text);
          return price;
        }
      }
      """;

  @TempDir Path folder;

  private final List<String> sent = new ArrayList<>();
  private final List<String> preferred = new ArrayList<>();
  private final List<HealRequest> asked = new ArrayList<>();
  private final HealRoad.Post post =
      new HealRoad.Post() {
        @Override
        public boolean install(String instance, byte[] order, byte[] signature) {
          return sent.add(instance);
        }

        @Override
        public boolean prefer(String instance, byte[] order, byte[] signature) {
          return preferred.add(instance);
        }
      };
  private TinyProject project;

  @BeforeEach
  void compile() {
    project = TinyProject.in(folder).source(PRICES).compile("-g");
  }

  @Test
  void aSnippetIsSentToTheInstanceThatFailed() throws IOException {
    Prescription made = afterAFailure(List.of());

    assertThat(made.state()).isEqualTo(Prescription.State.SENT);
    assertThat(sent).containsExactly("tiny-1");
  }

  @Test
  void aSnippetThatDidHarmBeforeTheServerStartedIsNotSentAgain() throws IOException {
    String harmful = afterAFailure(List.of()).snippet();
    sent.clear();

    Prescription made = afterAFailure(List.of(harmful));

    assertThat(made.state()).isEqualTo(Prescription.State.NONE);
    assertThat(sent).isEmpty();
  }

  @Test
  void nobodyIsAskedWhereTheRepositoryLetsNobodyBeAsked() throws IOException {
    project.write(".fettle.yml", "llm: {provider: none}\n");

    Prescription made = afterAFailure(List.of());

    assertThat(made.why()).isEqualTo("the repository lets nobody be asked");
    assertThat(asked).isEmpty();
  }

  @Test
  void aRemedyThatFitsIsPreferredAndOneThatDidHarmIsNotOfferedAgain() throws IOException {
    Incident incident = project.incident(project.failure("Prices", "of", "a dozen"));
    Withdrawn withdrawn = new Withdrawn(List.of());
    try (SnippetCompiler compiler =
        SnippetCompiler.open(folder.resolve("snippets"), HostExecution.ALLOWED)) {
      HealRoad road =
          new HealRoad(
              new FirstRemedy(),
              new SnippetBench(compiler, withdrawn),
              OrderDesk.in(folder.resolve("keys"), Clock.systemUTC()),
              HealPolicy.of(HealMode.TYPED),
              withdrawn,
              revision -> Optional.of(new JavaSources().project(project.tree(), project.model())),
              post,
              Runnable::run,
              Clock.systemUTC());
      CapturedFrame frame = incident.exception().topApplicationFrame().orElseThrow();
      String type = incident.exception().type();
      road.fit(
          new FittingRemedies(
              frame.className(),
              frame.method(),
              frame.descriptor(),
              frame.line(),
              type,
              Set.of("skip-statement")));

      road.failed(incident, incident.sample());
      Prescription made = road.prescriptions().get(0);
      assertThat(made.remedy()).isEqualTo("skip-statement");
      assertThat(made.state()).isEqualTo(Prescription.State.SENT);
      assertThat(preferred).containsExactly("tiny-1");

      road.harmed(made.snippet(), "followed by X");
      road.failed(incident, incident.sample());
      assertThat(preferred).containsExactly("tiny-1");
      assertThat(asked.get(asked.size() - 1).remedies()).isEmpty();
      assertThat(road.prescriptions().get(0).why()).contains("nobody proposed anything");
    }
  }

  private Prescription afterAFailure(List<String> harmful) throws IOException {
    Incident incident = project.incident(project.failure("Prices", "of", "a dozen"));
    Withdrawn withdrawn = new Withdrawn(harmful);
    try (SnippetCompiler compiler =
        SnippetCompiler.open(folder.resolve("snippets"), HostExecution.ALLOWED)) {
      HealRoad road =
          new HealRoad(
              new LengthHealer(),
              new SnippetBench(compiler, withdrawn),
              OrderDesk.in(folder.resolve("keys"), Clock.systemUTC()),
              HealPolicy.of(HealMode.CONTAINED),
              withdrawn,
              revision -> Optional.of(new JavaSources().project(project.tree(), project.model())),
              post,
              Runnable::run,
              Clock.systemUTC());
      road.failed(incident, incident.sample());
      return road.prescriptions().get(0);
    }
  }

  /** Takes the length of the text for its price, unless the repository says something of models. */
  private final class LengthHealer implements HealRoad.Healers, Healer {
    @Override
    public boolean any() {
      return true;
    }

    @Override
    public List<Healer> of(SourceTree tree) {
      return tree.text(".fettle.yml").isPresent() ? List.of() : List.of(this);
    }

    @Override
    public String name() {
      return "length";
    }

    @Override
    public List<HealProposal> proposals(HealRequest request) {
      asked.add(request);
      return List.of(
          new HealProposal.RunSnippet(
              "price = text.length();", HealProposal.Then.NEXT, HealMode.CONTAINED, "test", 0.5));
    }
  }

  /** Names the first remedy that fits. */
  private final class FirstRemedy implements HealRoad.Healers, Healer {
    @Override
    public boolean any() {
      return true;
    }

    @Override
    public List<Healer> of(SourceTree tree) {
      return List.of(this);
    }

    @Override
    public String name() {
      return "first";
    }

    @Override
    public List<HealProposal> proposals(HealRequest request) {
      asked.add(request);
      return request.remedies().stream()
          .limit(1)
          .map(name -> (HealProposal) new HealProposal.UseRemedy(name, "test", 0.5))
          .toList();
    }
  }
}
