package dev.fettle.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class MainTest {
  @TempDir Path empty;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    System.setProperty("fettle.home", empty.toString());
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void explainsItself() {
    assertThat(run("overhead", "--help")).isZero();
    assertThat(out.toString()).contains("--pairs", "--against-itself", "--json");
  }

  @Test
  void anUnknownOptionIsWrongUsage() {
    assertThat(run("overhead", "--nonsense")).isEqualTo(2);
    assertThat(err.toString()).contains("--nonsense");
  }

  @Test
  void anotherServiceNeedsItsRequests() {
    assertThat(run("overhead", "--jar", "shop.jar")).isEqualTo(2);
    assertThat(err.toString()).contains("--jar and --requests go together");
  }

  @Test
  void aMissingAgentIsNamedAndWithJsonAsTheOneObject() {
    assertThat(run("overhead", "--json")).isEqualTo(1);
    assertThat(err.toString()).contains("missing").contains("fettle-agent.jar");
    assertThat(JsonMapper.builder().build().readTree(out.toString()).at("/error/exitCode").asInt())
        .isEqualTo(1);
  }
}
