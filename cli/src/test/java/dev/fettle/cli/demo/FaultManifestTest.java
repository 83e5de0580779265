package dev.fettle.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.cli.run.CommandFailure;
import dev.fettle.cli.run.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultManifestTest {
  @TempDir Path folder;

  private FaultManifest read(String json) throws IOException {
    return FaultManifest.read(Files.writeString(folder.resolve("faults.json"), json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          nonsense                                                                | is not JSON
          ``                                                                      | with at least one fault
          []                                                                      | with at least one fault
          {"faults":{}}                                                           | with at least one fault
          {"faults":[]}                                                           | with at least one fault
          {"faults":[7]}                                                          | fault 1 needs an "id"
          {"faults":[{"id":" "}]}                                                 | fault 1 needs an "id"
          {"faults":[{"id":"a"}]}                                                 | fault a needs at least one request
          {"faults":[{"id":"a","requests":[]}]}                                   | fault a needs at least one request
          {"faults":[{"id":"a","requests":[{}]}]}                                 | begins with /, got ""
          {"faults":[{"id":"a","requests":[{"path":"http://x/"}]}]}               | begins with /, got "http://x/"
          {"faults":[{"id":"a","requests":[{"path":"/a b"}]}]}                    | fault a: not a request: GET /a b
          {"faults":[{"id":"a","requests":[{"path":"/","method":"GE T"}]}]}       | fault a: not a request: GE T /
          {"faults":[{"id":"a","requests":[{"path":"/","headers":{"Host":"x"}}]}]}| restricted header
          {"faults":[{"id":"a","requests":[{"path":"/"}]}]}                       | a whole number in expect.status
          {"faults":[{"id":"a","requests":{"path":"/"}}]}                         | expected an array of "requests"
          {"faults":[{"id":"a","requests":[{"path":"/","headers":["x"]}]}]}       | expected an object of "headers"
          {"faults":[{"id":"a","requests":[{"path":"/"}],"expect":{"status":42}}]} | between 100 and 599, got 42
          {"faults":[{"id":"a","requests":[{"path":"/"}],"expect":{"status":"200"}}]} | a whole number in expect.status
          {"faults":[{"id":"a","requests":[{"path":"/"}],"expect":{"status":200},"oracles":"gone"}]} | no such directory of oracles
          {"faults":[{"id":"a","requests":[{"path":"/"}],"expect":{"status":200}},{"id":"a","requests":[{"path":"/"}],"expect":{"status":200}}]} | fault id a stands twice
          """)
  void refuses(String json, String message) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(
            CommandFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining(message)
        .hasMessageContaining("faults.json");
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThatThrownBy(() -> FaultManifest.read(folder.resolve("absent.json")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("absent.json");
  }

  @Test
  void theLastRequestIsTheFailingOne() throws IOException {
    FaultManifest manifest =
        read(
            """
            {"faults":[{"id":"a","requests":[{"path":"/first"},{"path":"/last"}],
             "expect":{"status":404}}]}
            """);
    assertThat(manifest.faults().get(0).failing().path()).isEqualTo("/last");
    assertThat(manifest.faults().get(0).failing().method()).isEqualTo("GET");
    assertThat(manifest.faults().get(0).expect().body()).isNull();
  }

  @Test
  void aBodyThatIsNoStringGoesAsJson() throws IOException {
    FaultManifest.Exchange sent =
        read("""
        {"faults":[{"id":"a","expect":{"status":200},
         "requests":[{"method":"POST","path":"/","body":{"b":[1, null]}}]}]}
        """)
            .faults()
            .get(0)
            .failing();
    assertThat(sent.body()).isEqualTo("{\"b\":[1,null]}");
    assertThat(sent.headers()).containsEntry("Content-Type", "application/json");
  }

  @Test
  void aBodyThatIsAStringGoesAsItIsUnderTheTypeItNames() throws IOException {
    FaultManifest.Exchange sent =
        read("""
        {"faults":[{"id":"a","expect":{"status":200},"requests":[{"method":"POST",
         "path":"/","headers":{"content-type":"text/csv"},"body":"a;b\\n"}]}]}
        """)
            .faults()
            .get(0)
            .failing();
    assertThat(sent.body()).isEqualTo("a;b\n");
    assertThat(sent.headers()).containsOnlyKeys("content-type");
  }

  @Test
  void onlyPicksOneByItsNumber() throws IOException {
    FaultManifest manifest =
        read(
            """
            {"faults":[{"id":"a","requests":[{"path":"/"}],"expect":{"status":200}},
             {"id":"b","requests":[{"path":"/"}],"expect":{"status":200}}]}
            """);
    assertThat(manifest.only(2).faults()).extracting(FaultManifest.Fault::id).containsExactly("b");
    assertThatThrownBy(() -> manifest.only(3)).hasMessageContaining("between 1 and 2, got 3");
    assertThatThrownBy(() -> manifest.only(-1)).hasMessageContaining("got -1");
  }

  @Test
  void theBundledManifestIsRead() {
    Path bundled = Path.of(System.getProperty("fettle.root"), "examples/orders-faults/faults.json");
    assertThat(FaultManifest.read(bundled).faults()).hasSizeGreaterThanOrEqualTo(18);
  }
}
