package dev.fettle.cli.repair;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Commits a patch to a new branch by git's own commands, with an index of its own: the work tree,
 * the user's index and HEAD stay as they are, and no hook runs. The commit holds the patch alone: a
 * file with changes that are not committed is refused.
 */
final class GitBranch {
  private final Path directory;

  GitBranch(Path directory) {
    this.directory = directory;
  }

  /**
   * Creates {@code fettle/repair-<id>}.
   *
   * @return the branch's name
   * @throws IOException when git refuses, with its message, or a file is not as HEAD has it
   */
  String commit(Map<String, byte[]> changes, String message) throws IOException {
    Path index = Files.createTempFile("fettle-index", "");
    try {
      Files.delete(index);
      git(index, new byte[0], "read-tree", "HEAD");
      String prefix = git(index, new byte[0], "rev-parse", "--show-prefix");
      for (Map.Entry<String, byte[]> change : changes.entrySet()) {
        String path = prefix + change.getKey();
        String mode = committedMode(index, change.getKey());
        // by its path, so that line ends and attributes become what the repository keeps
        String blob =
            git(
                index,
                change.getValue(),
                "hash-object",
                "-w",
                "--stdin",
                "--path",
                change.getKey());
        git(
            index,
            new byte[0],
            "update-index",
            "--add",
            "--cacheinfo",
            mode + "," + blob + "," + path);
      }
      String tree = git(index, new byte[0], "write-tree");
      byte[] text = message.getBytes(StandardCharsets.UTF_8);
      String commit = git(index, text, "commit-tree", tree, "-p", "HEAD", "-F", "-");
      String branch = "fettle/repair-" + commit.substring(0, 12);
      git(index, new byte[0], "update-ref", "refs/heads/" + branch, commit, "");
      return branch;
    } finally {
      Files.deleteIfExists(index);
    }
  }

  /** The file's mode in HEAD, where the work tree has the same content. */
  private String committedMode(Path index, String path) throws IOException {
    String entry = git(index, new byte[0], "--literal-pathspecs", "ls-files", "-s", "--", path);
    String differing =
        git(
            index,
            new byte[0],
            "--literal-pathspecs",
            "diff",
            "--no-ext-diff",
            "--name-only",
            "HEAD",
            "--",
            path);
    if (entry.length() < 6 || !differing.isEmpty()) {
      throw new IOException(
          path + " has changes that are not committed; commit them first, or use --patch FILE");
    }
    return entry.substring(0, 6);
  }

  private String git(Path index, byte[] input, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "git",
                "-c",
                "user.name=fettle",
                "-c",
                "user.email=fettle@localhost",
                "-c",
                "core.hooksPath=/dev/null"));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("GIT_INDEX_FILE", index.toString());
    Path errors = Files.createTempFile("fettle-git", "");
    builder.redirectError(errors.toFile());
    try {
      Process process = builder.start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(input);
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("git " + arguments[0] + ": " + Files.readString(errors).strip());
      }
      return output.strip();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while git ran", e);
    } finally {
      Files.deleteIfExists(errors);
    }
  }
}
