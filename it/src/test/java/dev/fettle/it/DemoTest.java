package dev.fettle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The main job, end to end: throw, incident, diagnosis, reproduction, patch, branch, hot patch. */
class DemoTest {
  @TempDir Path state;

  @Test
  void healsAFaultOfTheExampleServiceFromThrowToConfirmedBranch() throws Exception {
    assumeTrue(Fettle.packaged(), "the jars are not packaged; run the verify phase");
    Fettle.Ended ended =
        Fettle.run(
            Map.of("XDG_STATE_HOME", state.toString()), 400, "demo", "--only", "1", "--json");

    assertThat(ended.code()).as(ended.err()).isZero();
    JsonNode report = JsonMapper.builder().build().readTree(ended.out());
    JsonNode fault = report.path("perFault").path(0);
    assertThat(report.path("captured").asInt()).as(ended.out()).isEqualTo(1);
    assertThat(fault.path("reproduced").asBoolean()).as(ended.out()).isTrue();
    assertThat(fault.path("patched").asBoolean()).as(ended.out()).isTrue();
    assertThat(fault.path("correct").asBoolean()).as(ended.out()).isTrue();
    assertThat(fault.path("hotPatched").asBoolean()).as(ended.out()).isTrue();
    assertThat(fault.path("status").asString()).as(ended.out()).isEqualTo("CONFIRMED");
  }
}
