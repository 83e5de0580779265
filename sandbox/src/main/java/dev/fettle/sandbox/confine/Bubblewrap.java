package dev.fettle.sandbox.confine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * bubblewrap: own process, mount and network spaces; the system read-only, a private temporary
 * directory, nothing else but what the room names. A server that runs as root drops to an
 * unprivileged user inside, to which the writable directories are given. A room with network (the
 * fetching of dependencies), or one that names what only root may read, keeps the server's user, in
 * a user namespace without any privilege.
 */
final class Bubblewrap implements Confinement {
  private static final int NOBODY = 65534;
  private static final List<String> SYSTEM = List.of("/bin", "/sbin", "/lib", "/lib32", "/lib64");
  private static final List<String> SETTINGS =
      List.of(
          "ld.so.cache",
          "ld.so.conf",
          "ld.so.conf.d",
          "alternatives",
          "ssl",
          "ca-certificates",
          "localtime",
          "passwd",
          "group",
          "nsswitch.conf",
          "hosts",
          "maven");

  private final Path program;
  private final boolean root;

  Bubblewrap(Path program, boolean root) {
    this.program = program;
    this.root = root;
  }

  @Override
  public String name() {
    return "bubblewrap";
  }

  @Override
  public boolean isolates() {
    return true;
  }

  @Override
  public List<String> wrap(Room room) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of("--die-with-parent", "--new-session", "--unshare-pid", "--unshare-ipc"));
    command.addAll(List.of("--unshare-uts", "--unshare-cgroup-try", "--hostname", "fettle"));
    if (!room.network()) {
      command.add("--unshare-net");
    }
    boolean drop =
        root && !room.network() && room.readable().stream().allMatch(Bubblewrap::readableByAll);
    if (root) {
      room.writable().forEach(path -> give(path, drop ? NOBODY : 0));
    }
    if (drop) {
      command.addAll(List.of("--cap-drop", "ALL"));
      command.addAll(List.of("--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"));
    } else {
      command.addAll(List.of("--unshare-user", "--disable-userns", "--cap-drop", "ALL"));
    }
    system(command, room.network());
    mounts(command, room);
    command.add("--");
    if (drop) {
      String id = Integer.toString(NOBODY);
      command.addAll(List.of("/usr/bin/setpriv", "--reuid", id, "--regid", id));
      command.addAll(List.of("--clear-groups", "--inh-caps=-all", "--no-new-privs"));
    }
    // Not bwrap's --chdir: without privileges it may not enter what belongs to the dropped user.
    command.addAll(List.of("/bin/sh", "-c", "cd \"$0\" && exec \"$@\""));
    command.add(room.directory().toString());
    // Only what is dropped and confined gets it: a repository may choose LD_PRELOAD.
    command.addAll(List.of("/usr/bin/env", "--"));
    Map<String, String> outside = environment(room);
    room.environment()
        .forEach(
            (name, value) -> {
              if (!outside.containsKey(name)) {
                command.add(name + "=" + value);
              }
            });
    command.addAll(room.command());
    return command;
  }

  /** What this process was given itself, under the same name: it stays out of command lines. */
  @Override
  public Map<String, String> environment(Room room) {
    Map<String, String> inherited = new HashMap<>(room.environment());
    inherited.entrySet().retainAll(System.getenv().entrySet());
    return inherited;
  }

  private static void system(List<String> command, boolean network) {
    command.addAll(List.of("--ro-bind", "/usr", "/usr"));
    for (String path : SYSTEM) {
      Path system = Path.of(path);
      if (Files.isSymbolicLink(system)) {
        command.addAll(List.of("--symlink", target(system), path));
      } else {
        command.addAll(List.of("--ro-bind-try", path, path));
      }
    }
    List<String> settings = new ArrayList<>(SETTINGS);
    settings.addAll(javaSettings());
    if (network) {
      settings.add("resolv.conf");
    }
    command.addAll(List.of("--perms", "0755", "--dir", "/etc"));
    for (String name : settings) {
      command.addAll(List.of("--ro-bind-try", "/etc/" + name, "/etc/" + name));
    }
    command.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
    command.addAll(List.of("--perms", "1777", "--tmpfs", "/tmp"));
  }

  private static List<String> javaSettings() {
    try (Stream<Path> names = Files.list(Path.of("/etc"))) {
      return names
          .map(p -> String.valueOf(p.getFileName()))
          .filter(n -> n.startsWith("java"))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Shallow paths first, so that a deeper one keeps its own mode. */
  private static void mounts(List<String> command, Room room) {
    record Mount(Path path, String option) {}
    List<Mount> mounts = new ArrayList<>();
    room.readable().stream().distinct().forEach(p -> mounts.add(new Mount(p, "--ro-bind-try")));
    room.writable().forEach(p -> mounts.add(new Mount(p, "--bind")));
    mounts.sort(Comparator.comparingInt(m -> m.path().getNameCount()));
    // bwrap makes missing parents for root alone; the dropped user must pass them too.
    Set<Path> parents = new TreeSet<>();
    for (Mount mount : mounts) {
      for (Path p = mount.path().getParent();
          p != null && p.getNameCount() > 0;
          p = p.getParent()) {
        parents.add(p);
      }
    }
    parents.removeIf(p -> p.startsWith("/usr") || p.equals(Path.of("/tmp")));
    parents.forEach(p -> command.addAll(List.of("--perms", "0755", "--dir", p.toString())));
    for (Mount mount : mounts) {
      if (!mount.path().startsWith("/usr")) {
        command.addAll(List.of(mount.option(), mount.path().toString(), mount.path().toString()));
      }
    }
  }

  /** Whether the dropped user could read it: root's own repository may be closed to others. */
  private static boolean readableByAll(Path path) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
      return permissions.contains(PosixFilePermission.OTHERS_READ)
          && (!Files.isDirectory(path) || permissions.contains(PosixFilePermission.OTHERS_EXECUTE));
    } catch (IOException missing) {
      return true;
    }
  }

  /** Gives what it visits to a user. What vanishes meanwhile belonged to a child that runs. */
  private static final class Gift extends SimpleFileVisitor<Path> {
    private final int user;

    Gift(int user) {
      this.user = user;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
        throws IOException {
      return visitFile(path, attributes);
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
      try {
        if (!Integer.valueOf(user)
            .equals(Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS))) {
          Files.setAttribute(path, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
        }
        return FileVisitResult.CONTINUE;
      } catch (NoSuchFileException vanished) {
        return FileVisitResult.SKIP_SUBTREE;
      }
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
      return visited(e);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path path, @Nullable IOException e)
        throws IOException {
      return e == null ? FileVisitResult.CONTINUE : visited(e);
    }

    private static FileVisitResult visited(IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }
  }

  /** Gives a directory with all it holds to a user. */
  private static void give(Path directory, int user) {
    try {
      Files.walkFileTree(directory, new Gift(user));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot give to the confined user: " + directory, e);
    }
  }
}
