package dev.fettle.agent.hotpatch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps a process that dies of a hot patch from dying of it again. A file per patch and process
 * stands on disk from before a patch is applied until it has run for ten minutes or the process
 * ends in good order; who finds one of a dead process counts a death. After two, nothing is
 * applied. Several processes may share the directory.
 */
final class Guard {
  /** System property that, set to {@code false}, keeps every hot patch out. */
  static final String SWITCH = "fettle.hotpatch.enabled";

  private static final int DEATHS = 2;
  private static final Duration RECENT = Duration.ofMinutes(10);
  private static final Duration MEMORY = Duration.ofHours(24);
  private static final Pattern TRYING =
      Pattern.compile("(?<patch>.+)@(?<pid>\\d+)-(?<start>\\d+)\\.trying");

  private final Path directory;
  private final Clock clock;
  private final String process;

  Guard(Path directory, Clock clock) {
    this(directory, clock, ProcessHandle.current());
  }

  Guard(Path directory, Clock clock, ProcessHandle self) {
    this.directory = directory;
    this.clock = clock;
    this.process = "@" + self.pid() + "-" + startOf(self);
    countDeaths();
  }

  /** Why no patch, or not this one, may be applied; empty when it may. */
  Optional<String> objection(String patchId) {
    if ("false".equalsIgnoreCase(System.getProperty(SWITCH))) {
      return Optional.of("hot patching is switched off (" + SWITCH + "=false)");
    }
    if (Files.exists(directory.resolve("off"))) {
      return Optional.of("hot patching is switched off (" + directory.resolve("off") + ")");
    }
    try {
      long ofPatch = lines(directory.resolve(safe(patchId) + ".deaths"), Instant.EPOCH);
      if (ofPatch >= DEATHS) {
        return Optional.of("the process died " + ofPatch + " times while trying this patch");
      }
      long recent = recentDeaths();
      return recent < DEATHS
          ? Optional.empty()
          : Optional.of(
              "the process died "
                  + recent
                  + " times in a day while trying patches; see "
                  + directory);
    } catch (IOException e) {
      return Optional.of("the record of crashes cannot be read: " + e);
    }
  }

  /** Notes that the patch is about to be applied; durable when it returns. */
  void trying(String patchId) throws IOException {
    Files.createDirectories(directory);
    try (FileChannel file =
        FileChannel.open(mark(patchId), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(clock.instant().toString().getBytes(StandardCharsets.UTF_8)));
      file.force(true);
    }
  }

  /** Notes that the patch has lived long enough, if it has. */
  void settle(String patchId, Instant appliedAt) {
    if (Duration.between(appliedAt, clock.instant()).compareTo(RECENT) > 0) {
      forget(patchId);
    }
  }

  /** Notes that the patch cannot be what ends this process from now on. */
  void forget(String patchId) {
    try {
      Files.deleteIfExists(mark(patchId));
    } catch (IOException e) {
      return; // at worst a later start counts a death that was none
    }
  }

  private Path mark(String patchId) {
    return directory.resolve(safe(patchId) + process + ".trying");
  }

  private void countDeaths() {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (DirectoryStream<Path> marks = Files.newDirectoryStream(directory, "*.trying")) {
      for (Path mark : marks) {
        Matcher name = TRYING.matcher(mark.getFileName().toString());
        if (name.matches()
            && !isAlive(name.group("pid"), name.group("start"))
            && Files.deleteIfExists(mark)) { // who deletes it counts it, once
          append(directory.resolve(name.group("patch") + ".deaths"));
        }
      }
    } catch (IOException e) {
      return; // objection() meets the same trouble and says so
    }
  }

  private void append(Path deaths) throws IOException {
    Files.writeString(
        deaths, clock.instant() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private long recentDeaths() throws IOException {
    if (!Files.isDirectory(directory)) {
      return 0;
    }
    long deaths = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.deaths")) {
      for (Path file : files) {
        deaths += lines(file, clock.instant().minus(MEMORY));
      }
    }
    return deaths;
  }

  private static long lines(Path file, Instant since) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    return Files.readAllLines(file).stream()
        .filter(line -> line.compareTo(since.toString()) >= 0)
        .count();
  }

  private static boolean isAlive(String pid, String start) {
    try {
      return ProcessHandle.of(Long.parseLong(pid))
          .filter(p -> startOf(p).equals(start))
          .isPresent();
    } catch (NumberFormatException e) {
      return false; // no process has such a number
    }
  }

  private static String startOf(ProcessHandle process) {
    return String.valueOf(process.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
  }

  private static String safe(String patchId) {
    return patchId.matches("[A-Za-z0-9._-]{1,80}")
        ? patchId
        : "x" + Integer.toHexString(patchId.hashCode());
  }
}
