package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.cli.run.ExitCode;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class UsageTest {

  static Stream<String> commands() {
    return Main.commandLine().getSubcommands().keySet().stream();
  }

  @Test
  void offersTheCommandsThatThePagesPromise() {
    assertThat(commands())
        .containsExactlyInAnyOrder(
            "demo",
            "run",
            "repair",
            "serve",
            "attach",
            "incidents",
            "show",
            "heals",
            "approve",
            "reject",
            "rollback",
            "llm",
            "export",
            "bench",
            "dashboard",
            "doctor",
            "generate-completion");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandExplainsItselfOnStandardOutput(String command) {
    Fettle.Ended ended = Fettle.run(command, "--help");
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).contains("Usage: fettle " + command).contains("--help");
    assertThat(ended.err()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandKnowsTheVersion(String command) {
    assertThat(Fettle.run(command, "--version").out()).startsWith("fettle ");
  }

  @ParameterizedTest
  @CsvSource({
    "demo, --app --faults --only --json",
    "run, --repo --data --policy --packages --service --heal --heal-install",
    "serve, --port --data --repo --policy",
    "attach, --server --data",
    "incidents, --server --json",
    "show, --server --json",
    "heals, --explain --server --json",
    "approve, --server --json",
    "reject, --reason --server --json",
    "rollback, --server --json",
    "doctor, --json"
  })
  void theHelpListsTheOptions(String command, String options) {
    assertThat(Fettle.run(command, "--help").out()).contains(options.split(" "));
  }

  @Test
  void theHelpListsEveryExitCodeOfTheEnum() {
    String help = Fettle.run("--help").out();
    assertThat(ExitCode.values())
        .allSatisfy(
            code -> assertThat(help).containsPattern(code.code() + "\\s+" + code.meaning()));
  }

  @Test
  void thePageOfTheCommandLineListsEveryCommandAndExitCode() throws IOException {
    String page = Files.readString(Path.of(System.getProperty("fettle.root"), "docs/cli.md"));
    assertThat(commands()).allSatisfy(c -> assertThat(page).contains("fettle " + c));
    assertThat(ExitCode.values())
        .allSatisfy(
            c -> assertThat(page).containsPattern("\\| " + c.code() + " \\| " + c.meaning()));
  }

  @Test
  void withoutACommandItSaysThatOneIsMissing() {
    Fettle.Ended ended = Fettle.run();
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("Missing required subcommand").contains("fettle --help");
  }

  @Test
  void anUnknownOptionIsNamedWithTheNearestOne() {
    Fettle.Ended ended = Fettle.run("demo", "--faluts", "x.json");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .contains("--faluts")
        .contains("--faults")
        .contains("fettle demo --help");
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void anUnknownCommandIsNamedWithTheNearestOne() {
    Fettle.Ended ended = Fettle.run("incident");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("incident").contains("incidents");
  }

  @Test
  void withJsonAFailureIsTheOneObjectToo() {
    Fettle.Ended ended = Fettle.run("show", "--json", "nonsense");
    JsonNode object = JsonMapper.builder().build().readTree(ended.out());
    assertThat(ended.out().lines()).hasSize(1);
    assertThat(object.at("/error/exitCode").asInt()).isEqualTo(2);
    assertThat(object.at("/error/message").asString()).contains("nonsense");
  }

  @Test
  void withJsonAnUnknownOptionIsTheOneObjectToo() {
    Fettle.Ended ended = Fettle.run("incidents", "--json", "--nonsense");
    assertThat(JsonMapper.builder().build().readTree(ended.out()).at("/error/meaning").asString())
        .isEqualTo("wrong usage");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "inc-", "inc-ABCDEF", "inc-12345", "../status", "inc-123456/x", "del-1"})
  void refusesWhatIsNoIncidentId(String id) {
    Fettle.Ended ended = Fettle.run("show", id);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("expected an incident id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"inc-3f9a1c0b2d", "del-3f9a1c0b2d", "del-3f9a1c0b2d-", "del-x-branch"})
  void refusesWhatIsNoDeliveryId(String id) {
    Fettle.Ended ended = Fettle.run("rollback", id);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("expected a delivery id");
  }

  @Test
  void rejectingNeedsAReason() {
    Fettle.Ended ended = Fettle.run("reject", "inc-3f9a1c0b2d");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("--reason");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "65536", "http"})
  void refusesWhatIsNoPort(String port) {
    Fettle.Ended ended = Fettle.run("serve", "--port=" + port);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains(port);
  }

  @Test
  void saysThatAPortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      Fettle.Ended ended = Fettle.run("serve", "--port=" + taken.getLocalPort());
      assertThat(ended.code()).isEqualTo(2);
      assertThat(ended.err()).contains("port " + taken.getLocalPort() + " is taken");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "serve"})
  void saysThatTheRepositoryIsMissing(String command) {
    Fettle.Ended ended = Fettle.run(withCommand(command, "/nonexistent/shop"));
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("no such directory: /nonexistent/shop");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "serve"})
  void saysThatADirectoryIsNoGitCheckout(String command, @TempDir Path folder) {
    Fettle.Ended ended = Fettle.run(withCommand(command, folder.toString()));
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains(folder.toString()).contains("git checkout");
  }

  private static String[] withCommand(String command, String repository) {
    System.setProperty("fettle.home", "/nonexistent/fettle");
    String[] all = {command, "--repo", repository, "--", "true"};
    return command.equals("run") ? all : Arrays.copyOf(all, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "serve"})
  void saysWhichPoliciesThereAre(String command, @TempDir Path folder) {
    Fettle.Ended ended = Fettle.run(withPolicy(command, folder, "nosuch"));
    assertThat(ended.err())
        .contains("no such policy: nosuch; expected one of default, enterprise, startup, or a");
    assertThat(ended.code()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "serve"})
  void namesTheLineOfAPolicyFileThatIsWrong(String command, @TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("ours.yml"), "version: 1\ndelivr: {}\n");
    Fettle.Ended ended = Fettle.run(withPolicy(command, folder, file.toString()));
    assertThat(ended.err()).contains("ours.yml is wrong: line 2: ").contains("delivr");
    assertThat(ended.code()).isEqualTo(2);
  }

  private static String[] withPolicy(String command, Path folder, String policy) {
    System.setProperty("fettle.home", "/nonexistent/fettle");
    String[] all = {command, "--data", folder.toString(), "--policy", policy, "--", "true"};
    return command.equals("run") ? all : Arrays.copyOf(all, 5);
  }

  @Test
  void runNeedsACommand() {
    Fettle.Ended ended = Fettle.run("run", "--");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("COMMAND");
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop", "http://", "ftp://localhost", "http://a b", "localhost:7411"})
  void refusesWhatIsNoServerAddress(String url) {
    Fettle.Ended ended = Fettle.run("incidents", "--server", url);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("expected a server such as http://localhost:7411");
  }

  @Test
  void namesTheBenchmarksWhenThereIsNoSuchOne() {
    Fettle.Ended ended = Fettle.run("bench", "underhead", "--json");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .contains(
            "no benchmark underhead; there are: overhead, heal-cost, runtime, agreement, repair");
  }

  @Test
  void demoTakesAServiceOnlyWithItsFaults() {
    System.setProperty("fettle.home", "/nonexistent/fettle");
    Fettle.Ended ended = Fettle.run("demo", "--app", "/tmp");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("--app and --faults go together");
  }

  @Test
  void printsACompletionScript() {
    Fettle.Ended ended = Fettle.run("generate-completion");
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).contains("complete -F _complete_fettle").contains("rollback");
  }
}
