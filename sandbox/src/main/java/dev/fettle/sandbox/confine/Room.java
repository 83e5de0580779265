package dev.fettle.sandbox.confine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A command with all that it may see.
 *
 * @param directory where it starts
 * @param readable files and directories to read; what does not exist is left out
 * @param writable directories to write, and everything below them
 * @param network whether it may open connections
 * @param environment its whole environment
 */
public record Room(
    List<String> command,
    Path directory,
    List<Path> readable,
    List<Path> writable,
    boolean network,
    Map<String, String> environment) {
  public Room {
    command = List.copyOf(command);
    readable = List.copyOf(readable);
    writable = List.copyOf(writable);
    environment = Map.copyOf(environment);
  }
}
