package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ServerCommandsTest {
  private static final String LIST =
      """
      {"total":1,"incidents":[{"id":"inc-3f9a1c0b2d","status":"PATCHED","count":3,"service":"shop",
       "title":"NullPointerException in Cart.total","deliveries":["del-3f9a1c0b2d-branch"]}]}
      """;
  private static final String INCIDENT =
      """
      {"id":"inc-3f9a1c0b2d","status":"PATCHED","title":"NullPointerException in Cart.total",
       "service":"shop","count":3,"lastSeen":"2026-01-31T10:15:30Z","reason":"nothing catches it",
       "request":{"method":"GET","path":"/cart","status":500},
       "diagnosis":{"faultClass":"NULL","rootCause":"price is null\\nbecause the map has no SKU",
         "suspects":[{"place":"Cart.total:12","role":"FAILING","suspiciousness":0.9,
           "evidence":["price was null"]}]},
       "reproduction":{"reproduced":true,"summary":"CartFettleTest fails in the same way"},
       "candidates":[{"verdict":"PLAUSIBLE","generator":"GuardNullReceiver","rationale":"as in Cart.tax"}],
       "deliveries":[{"id":"del-3f9a1c0b2d-branch","channel":"branch","reference":"fettle/x",
         "outcomes":[{"kind":"CONFIRMED","detail":"the build passed"}]}],
       "diff":"--- a/Cart.java\\n+++ b/Cart.java\\n",
       "timeline":[{"at":"10:15","step":"validate","state":"DONE","detail":"1 of 4"}]}
      """;
  private static final String DECISION =
      """
      {"incident":"inc-3f9a1c0b2d","status":"PATCHED","detail":"branch: fettle/x; hotpatch failed",
       "deliveries":[{"id":"del-3f9a1c0b2d-branch","channel":"branch","result":"delivered"}]}
      """;

  private CannedServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        new CannedServer()
            .answering("GET /api/v1/incidents?size=200&query=", 200, LIST)
            .answering("GET /api/v1/incidents?size=200&query=a%26b+c", 200, "{\"incidents\":[]}")
            .answering("GET /api/v1/incidents/inc-3f9a1c0b2d", 200, INCIDENT)
            .answering("POST /api/v1/incidents/inc-3f9a1c0b2d/approve", 200, DECISION)
            .answering("POST /api/v1/incidents/inc-3f9a1c0b2d/reject", 200, DECISION)
            .answering("POST /api/v1/deliveries/del-3f9a1c0b2d-branch/rollback", 200, DECISION);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Fettle.Ended fettle(String command, String... more) {
    String[] all = new String[more.length + 3];
    all[0] = command;
    all[1] = "--server";
    all[2] = server.address();
    System.arraycopy(more, 0, all, 3, more.length);
    return Fettle.run(all);
  }

  @Test
  void listsIncidentsWithTheirDeliveries() {
    Fettle.Ended ended = fettle("incidents");
    assertThat(ended.code()).isZero();
    assertThat(ended.out().lines())
        .hasSize(2)
        .last()
        .asString()
        .contains("inc-3f9a1c0b2d", "PATCHED", "del-3f9a1c0b2d-branch");
  }

  @Test
  void findingNoIncidentHasACodeOfItsOwn() {
    assertThat(fettle("incidents", "a&b c").code()).isEqualTo(3);
    assertThat(fettle("incidents", "a&b", "c").code()).isEqualTo(3);
  }

  @Test
  void showsHowMuchOfTheInputsATestCanRestore() {
    server.answering(
        "GET /api/v1/incidents/inc-3f9a1c0b2d/inputs",
        200,
        """
        {"frames":[{"place":"shop.Cart.add(Cart.java:7)","captured":true,"plain":2,"stubbable":1,
        "lost":1,"lostNames":["token"]},{"place":"shop.Web.post(Web.java:3)","captured":false,
        "plain":0,"stubbable":0,"lost":0,"lostNames":[]}]}
        """);

    Fettle.Ended ended = fettle("show", "inc-3f9a1c0b2d", "--inputs");

    assertThat(ended.code()).isZero();
    assertThat(ended.out().lines().map(l -> l.replaceAll(" +", " ").strip()))
        .containsExactly(
            "FRAME PLAIN STUBBED LOST WHICH",
            "shop.Cart.add(Cart.java:7) 2 1 1 token",
            "shop.Web.post(Web.java:3) - - - captured without values");
  }

  @Test
  void showsAllThatIsKnown() {
    assertThat(fettle("show", "inc-3f9a1c0b2d").out())
        .contains("seen 3 times")
        .contains("nothing catches it")
        .contains("GET /cart -> 500")
        .contains("price is null")
        .contains("Cart.total:12 (FAILING, 0.9)")
        .contains("PLAUSIBLE  GuardNullReceiver: as in Cart.tax")
        .contains("del-3f9a1c0b2d-branch  branch  fettle/x")
        .contains("CONFIRMED the build passed")
        .contains("\n+++ b/Cart.java\n");
  }

  @ParameterizedTest
  @CsvSource({
    "approve, inc-3f9a1c0b2d, ",
    "reject, inc-3f9a1c0b2d, --reason=handled upstream",
    "rollback, del-3f9a1c0b2d-branch, "
  })
  void aDecisionPrintsBothIds(String command, String id, String option) {
    Fettle.Ended ended = option == null ? fettle(command, id) : fettle(command, id, option);
    assertThat(ended.code()).isZero();
    assertThat(ended.out())
        .contains("inc-3f9a1c0b2d", "del-3f9a1c0b2d-branch", "delivered")
        .contains("  branch: fettle/x; hotpatch failed\n");
  }

  @Test
  void theReasonReachesTheServer() {
    fettle("reject", "inc-3f9a1c0b2d", "--reason", "handled \"upstream\"");
    assertThat(server.requests())
        .containsExactly(
            "POST /api/v1/incidents/inc-3f9a1c0b2d/reject {\"reason\":\"handled \\\"upstream\\\"\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "incidents, ",
    "show, inc-3f9a1c0b2d",
    "approve, inc-3f9a1c0b2d",
    "rollback, del-3f9a1c0b2d-branch"
  })
  void withJsonStandardOutputIsOneObject(String command, String id) {
    Fettle.Ended ended = id == null ? fettle(command, "--json") : fettle(command, "--json", id);
    JsonNode object = JsonMapper.builder().build().readTree(ended.out());
    assertThat(object.isObject()).isTrue();
    assertThat(ended.out().lines()).hasSize(1);
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void whatAnAttackerWroteNeitherDrivesTheTerminalNorForgesALine() {
    server.answering(
        "GET /api/v1/incidents?size=200&query=",
        200,
        """
        {"incidents":[{"id":"inc-3f9a1c0b2d","status":"OPEN","service":"s\\u001b[2Jhop",
         "title":"x\\ninc-000000  PATCHED","count":1,"deliveries":["\\u001b]0;owned\\u0007"]}]}
        """);
    String out = fettle("incidents").out();
    assertThat(out.lines()).hasSize(2);
    assertThat(out).doesNotContain("\u001b").doesNotContain("\u0007");
  }

  @ParameterizedTest
  @CsvSource({"400, 2", "403, 5", "404, 3", "409, 4", "422, 4", "500, 1", "503, 1"})
  void theAnswersStatusBecomesTheExitCode(int status, int code) {
    server.answering(
        "GET /api/v1/incidents/inc-3f9a1c0b2d", status, "{\"detail\":\"said by\\u001b[1m it\"}");
    Fettle.Ended ended = fettle("show", "inc-3f9a1c0b2d");
    assertThat(ended.code()).isEqualTo(code);
    assertThat(ended.err()).contains("said by").doesNotContain("\u001b");
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void aServerThatWantsALoginSaysHowToLogIn() {
    server.answering("GET /api/v1/incidents/inc-3f9a1c0b2d", 401, "text/html", "<h1>Login</h1>");
    Fettle.Ended ended = fettle("show", "inc-3f9a1c0b2d");
    assertThat(ended.code()).isEqualTo(5);
    assertThat(ended.err()).contains("FETTLE_TOKEN=NAME:PASSWORD");
  }

  @Test
  void anAnswerWithoutWordsIsToldByItsNumber() {
    server.answering("GET /api/v1/incidents/inc-3f9a1c0b2d", 500, "");
    assertThat(fettle("show", "inc-3f9a1c0b2d").err()).contains("the server answered 500");
  }

  @Test
  void anotherProgramOnThePortIsNotTakenForFettle() {
    server.answering("GET /api/v1/incidents?size=200&query=", 200, "text/html", "<h1>Shop</h1>");
    Fettle.Ended ended = fettle("incidents");
    assertThat(ended.code()).isEqualTo(6);
    assertThat(ended.err()).contains("is not a Fettle server");
  }

  @Test
  void aServerBelowAPathOfAProxyIsFound() {
    server.answering("GET /fettle/api/v1/incidents/inc-3f9a1c0b2d", 200, INCIDENT);
    assertThat(
            Fettle.run("show", "--server", server.address() + "/fettle/", "inc-3f9a1c0b2d").code())
        .isZero();
  }

  @Test
  void aServerThatRefusesConnectionsIsUnreachable() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    Fettle.Ended ended =
        Fettle.run("incidents", "--json", "--server", "http://127.0.0.1:" + closed);
    assertThat(ended.code()).isEqualTo(6);
    assertThat(ended.err()).contains("no Fettle server answers at http://127.0.0.1:" + closed);
    assertThat(JsonMapper.builder().build().readTree(ended.out()).at("/error/exitCode").asInt())
        .isEqualTo(6);
  }
}
