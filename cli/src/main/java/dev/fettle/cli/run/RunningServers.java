package dev.fettle.cli.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers the server last started by this user, so that other commands find it.
 *
 * @param file one line: process id, address and data directory
 */
public record RunningServers(Path file) {

  /** The record below {@code $XDG_STATE_HOME/fettle}. */
  public static RunningServers of(Map<String, String> environment) {
    String xdg = environment.getOrDefault("XDG_STATE_HOME", "");
    Path base =
        xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".local", "state") : Path.of(xdg);
    return new RunningServers(base.resolve("fettle").resolve("server"));
  }

  /**
   * A server that runs.
   *
   * @param data where it keeps its data and its key; empty when it was not noted
   */
  public record Running(URI address, Optional<Path> data) {}

  /** Notes that this process runs a server at {@code address}. */
  public void started(URI address, DataDirectory data) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(
          file, ProcessHandle.current().pid() + " " + address + " " + data.path() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** The server last started, if the process that started it still runs. */
  public Optional<URI> latest() {
    return running().map(Running::address);
  }

  /** As {@link #latest}, with its data directory. */
  public Optional<Running> running() {
    try {
      String[] parts = Files.readString(file).strip().split(" ", 3);
      boolean alive =
          ProcessHandle.of(Long.parseLong(parts[0])).map(ProcessHandle::isAlive).orElse(false);
      if (!alive || parts.length < 2) {
        return Optional.empty();
      }
      Optional<Path> data = parts.length < 3 ? Optional.empty() : Optional.of(Path.of(parts[2]));
      return Optional.of(new Running(URI.create(parts[1]), data))
          .filter(r -> r.address().getHost() != null);
    } catch (IOException | IllegalArgumentException absent) {
      return Optional.empty();
    }
  }

  /**
   * Where the keys of a server lie: in the data directory that it was started with, when it is the
   * one last started here.
   */
  public Optional<DataDirectory> dataOf(URI address) {
    return running()
        .filter(r -> same(r.address(), address))
        .flatMap(Running::data)
        .map(DataDirectory::new);
  }

  /** The loopback address has several names. */
  private static boolean same(URI a, URI b) {
    return a.equals(b) || (local(a) && local(b) && a.getPort() == b.getPort());
  }

  private static boolean local(URI address) {
    return List.of("localhost", "127.0.0.1", "[::1]").contains(String.valueOf(address.getHost()));
  }
}
