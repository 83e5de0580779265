package dev.fettle.templates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.Replacement;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.source.java.JavaSources;
import dev.fettle.source.locate.JavaFaultLocalizer;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.TemplateInput;
import dev.fettle.testkit.TinyProject;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateGeneratorTest {
  @TempDir Path scratch;

  private record Scripted(String name, Function<TemplateInput, Stream<Proposal>> script)
      implements RepairTemplate {
    @Override
    public Set<FaultClass> handles() {
      return EnumSet.allOf(FaultClass.class);
    }

    @Override
    public Stream<Proposal> propose(TemplateInput input) {
      return script.apply(input);
    }
  }

  @Test
  void aTemplateThatFailsDoesNotEndTheOthers() {
    assertThat(
            names(
                new Scripted(
                    "Broken",
                    i -> {
                      throw new IllegalStateException("broken");
                    }),
                new Scripted("Sound", i -> Stream.of(comment("sound", 0.5)))))
        .containsExactly("templates/Sound");
  }

  @Test
  void theHighestScoreComesFirst() {
    assertThat(
            names(
                new Scripted("Low", i -> Stream.of(comment("low", 0.1))),
                new Scripted("High", i -> Stream.of(comment("high", 0.9)))))
        .containsExactly("templates/High", "templates/Low");
  }

  @Test
  void oneResultIsProposedOnce() {
    assertThat(
            names(
                new Scripted("First", i -> Stream.of(comment("same", 0.9))),
                new Scripted("Second", i -> Stream.of(comment("same", 0.1)))))
        .containsExactly("templates/First");
  }

  @Test
  void noMoreThanTwentyFiveAreProposed() {
    assertThat(
            names(
                new Scripted(
                    "Many", i -> IntStream.range(0, 60).mapToObj(n -> comment("n" + n, 0.5)))))
        .hasSize(25);
  }

  @Test
  void nothingIsReadBeforeTheFirstCandidateIsAskedFor() {
    boolean[] asked = {false};
    new TemplateGenerator(
            new JavaSources(),
            List.of(
                new Scripted(
                    "Eager",
                    i -> {
                      asked[0] = true;
                      return Stream.empty();
                    })))
        .candidates(repairCase());
    assertThat(asked[0]).isFalse();
  }

  private List<String> names(RepairTemplate... templates) {
    return new TemplateGenerator(new JavaSources(), List.of(templates))
        .candidates(repairCase())
        .map(Candidate::generator)
        .toList();
  }

  private static Proposal comment(String text, double score) {
    Replacement r = new Replacement("src/main/java/shop/Main.java", 0, 0, "", "// " + text + "\n");
    return new Proposal(new Patch(List.of(r)), "says " + text, score);
  }

  private RepairCase repairCase() {
    TinyProject project =
        TinyProject.in(scratch)
            .source(
                """
                package shop;
                class Main {
                  static int length(String text) {
                    return text.length();
                  }
                }
                """)
            .compile();
    CapturedException failure = project.failure("shop.Main", "length", (Object) null);
    Incident incident = project.incident(failure);
    Diagnosis diagnosis =
        (Diagnosis)
            new JavaFaultLocalizer(new JavaSources())
                .localize(incident, project.tree(), project.model());
    return new RepairCase(incident, diagnosis, project.tree(), project.model(), Optional.empty());
  }
}
