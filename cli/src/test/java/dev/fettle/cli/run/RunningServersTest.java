package dev.fettle.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunningServersTest {
  @TempDir Path state;
  private RunningServers servers;

  @BeforeEach
  void below() {
    servers = RunningServers.of(Map.of("XDG_STATE_HOME", state.toString()));
  }

  @Test
  void remembersTheServerStartedLast() {
    servers.started(URI.create("http://127.0.0.1:7411"), data("first"));
    servers.started(URI.create("http://127.0.0.1:7412"), data("a second"));
    assertThat(servers.latest()).contains(URI.create("http://127.0.0.1:7412"));
    assertThat(servers.dataOf(URI.create("http://127.0.0.1:7412"))).contains(data("a second"));
    assertThat(servers.dataOf(URI.create("http://127.0.0.1:7411"))).isEmpty();
    assertThat(servers.dataOf(URI.create("http://localhost:7412"))).contains(data("a second"));
    assertThat(servers.dataOf(URI.create("http://example.org:7412"))).isEmpty();
  }

  private DataDirectory data(String name) {
    return new DataDirectory(state.resolve(name));
  }

  @Test
  void knowsNoneAtFirst() {
    assertThat(servers.latest()).isEmpty();
  }

  @Test
  void forgetsAServerWhoseStarterHasEnded() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    write(ended.pid() + " http://127.0.0.1:7411\n");
    assertThat(servers.latest()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7411", "x y", "%d", "%d not a uri", "%d localhost", "%d http://"})
  void aDamagedRecordIsNoServer(String content) throws IOException {
    write(content.replace("%d", Long.toString(ProcessHandle.current().pid())));
    assertThat(servers.latest()).isEmpty();
  }

  private void write(String content) throws IOException {
    Files.createDirectories(servers.file().getParent());
    Files.writeString(servers.file(), content);
  }

  @Test
  void withoutAStateDirectoryTheRecordLiesInTheHomeDirectory() {
    assertThat(RunningServers.of(Map.of()).file())
        .isEqualTo(Path.of(System.getProperty("user.home"), ".local/state/fettle/server"));
  }
}
