package dev.fettle.delivery.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.Autonomy;
import dev.fettle.contract.model.Policy;
import dev.fettle.delivery.policy.PolicyFile.Effective;
import dev.fettle.delivery.policy.PolicyFile.Reading;
import dev.fettle.testkit.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyFileTest {
  @TempDir Path repository;

  @Test
  void takesATemplateAndOwnWords() {
    Policy policy = valid("version: 1\npolicy: startup\ndeliver:\n  hotpatch: On-Approval\n");

    assertThat(policy.autonomy("branch")).isEqualTo(Autonomy.AUTOMATIC);
    assertThat(policy.autonomy("hotpatch")).isEqualTo(Autonomy.ON_APPROVAL);
    assertThat(policy.name()).isEqualTo(".fettle.yml");
    assertThat(valid("policy: enterprise").name()).isEqualTo("enterprise");
  }

  @Test
  void anEmptyFileIsTheDefault() {
    assertThat(valid("# nothing yet\n").channels()).isEqualTo(Templates.defaults().channels());
  }

  @Test
  void startupDeliversAndEnterpriseWaits() {
    assertThat(Templates.named("startup").orElseThrow().channels().values())
        .containsOnly(Autonomy.AUTOMATIC);
    assertThat(Templates.enterprise().channels().values()).containsOnly(Autonomy.ON_APPROVAL);
    assertThat(Templates.defaults().autonomy("patchfile")).isEqualTo(Autonomy.AUTOMATIC);
    assertThat(Templates.defaults().autonomy("branch")).isEqualTo(Autonomy.ON_APPROVAL);
  }

  @Test
  void namesEveryProblemWithItsLineAndWhatWasExpected() {
    String text =
        """
        version: 2
        polizy: startup
        policy: yolo
        deliver:
          branch: always
          email: never
          branch: never
        """;

    assertThat(problems(text))
        .containsExactly(
            ".fettle.yml:1: version is '2'; expected 1",
            ".fettle.yml:2: unknown key 'polizy'; expected deliver, heal, llm, policy or version",
            ".fettle.yml:3: unknown policy 'yolo'; expected default, enterprise or startup",
            ".fettle.yml:5: branch is 'always'; expected automatic, never or on-approval",
            ".fettle.yml:6: unknown key 'email'; expected branch, hotpatch or patchfile",
            ".fettle.yml:7: key 'branch' stands here a second time");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "policy: [",
        "- a list",
        "just words",
        "deliver: 3",
        "deliver: [a]",
        "? [a]\n: b",
        "policy: startup\n---\npolicy: startup",
        "policy: [!!javax.script.ScriptEngineManager [x]]",
        "deliver: &a\n  branch: *a",
        "policy: \u0000"
      })
  void refusesWhatIsNoPolicy(String text) {
    assertThat(problems(text)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"startup", "enterprise"})
  void theShippedFilesSayWhatTheTemplatesMean(String name) throws IOException {
    Path file = Path.of(System.getProperty("fettle.root"), "docs/policies", name + ".fettle.yml");

    assertThat(valid(Files.readString(file)).channels())
        .isEqualTo(Templates.named(name).orElseThrow().channels());
  }

  @Test
  void refusesBombs() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 30; i++) {
      String nine = ("*a" + (i - 1) + ",").repeat(9);
      laughs.append("a%d: &a%d [%s1]\n".formatted(i, i, nine));
    }

    assertThat(problems(laughs.toString())).isNotEmpty();
    assertThat(problems("[".repeat(50_000))).isNotEmpty();
    assertThat(problems("x".repeat(70_000)))
        .containsExactly(".fettle.yml:1: larger than 65536 characters");
  }

  @Test
  void aRepositoryCanOnlyNarrowTheServersPolicy() throws IOException {
    Files.writeString(
        repository.resolve(".fettle.yml"), "policy: startup\ndeliver:\n  branch: never\n");

    Effective effective = PolicyFile.of(DirectoryTree.of(repository), Templates.enterprise());

    assertThat(effective.policy().autonomy("hotpatch")).isEqualTo(Autonomy.ON_APPROVAL);
    assertThat(effective.policy().autonomy("branch")).isEqualTo(Autonomy.NEVER);
    assertThat(effective.problems()).isEmpty();
  }

  @Test
  void withoutAFileTheServersPolicyHolds() {
    Policy startup = Templates.named("startup").orElseThrow();

    assertThat(PolicyFile.of(DirectoryTree.of(repository), startup))
        .isEqualTo(new Effective(startup, List.of()));
  }

  @Test
  void aBrokenFileMakesEverythingWait() throws IOException {
    Files.writeString(repository.resolve(".fettle.yml"), "polizy: startup\n");

    Effective effective =
        PolicyFile.of(DirectoryTree.of(repository), Templates.named("startup").orElseThrow());

    assertThat(effective.policy().channels().values()).containsOnly(Autonomy.ON_APPROVAL);
    assertThat(effective.problems()).hasSize(1);
  }

  private static Policy valid(String text) {
    Reading reading = PolicyFile.parse(text);
    assertThat(reading).isInstanceOf(Reading.Valid.class);
    return ((Reading.Valid) reading).policy();
  }

  private static List<String> problems(String text) {
    Reading reading = PolicyFile.parse(text);
    assertThat(reading).isInstanceOf(Reading.Invalid.class);
    return ((Reading.Invalid) reading).problems().stream().map(Object::toString).toList();
  }
}
