package dev.fettle.cli.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers the server last started by this user, so that other commands find it.
 *
 * @param file one line: process id and address
 */
public record RunningServers(Path file) {

  /** The record below {@code $XDG_STATE_HOME/fettle}. */
  public static RunningServers of(Map<String, String> environment) {
    String xdg = environment.getOrDefault("XDG_STATE_HOME", "");
    Path base =
        xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".local", "state") : Path.of(xdg);
    return new RunningServers(base.resolve("fettle").resolve("server"));
  }

  /** Notes that this process runs a server at {@code address}. */
  public void started(URI address) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, ProcessHandle.current().pid() + " " + address + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** The server last started, if the process that started it still runs. */
  public Optional<URI> latest() {
    try {
      String[] parts = Files.readString(file).strip().split(" ", 2);
      boolean alive =
          ProcessHandle.of(Long.parseLong(parts[0])).map(ProcessHandle::isAlive).orElse(false);
      if (!alive || parts.length < 2) {
        return Optional.empty();
      }
      return Optional.of(URI.create(parts[1])).filter(address -> address.getHost() != null);
    } catch (IOException | IllegalArgumentException absent) {
      return Optional.empty();
    }
  }
}
