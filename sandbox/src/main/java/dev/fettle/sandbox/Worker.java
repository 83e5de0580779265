package dev.fettle.sandbox;

import dev.fettle.contract.model.ProjectModel;
import dev.fettle.lab.protocol.Channel;
import dev.fettle.lab.protocol.Message;
import dev.fettle.sandbox.build.Bounds;
import dev.fettle.sandbox.build.TreeCopy;
import dev.fettle.sandbox.confine.Child;
import dev.fettle.sandbox.confine.Children;
import dev.fettle.sandbox.confine.Room;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A laboratory child of one module, and the conversation with it. Not thread-safe: its owner lends
 * it to one job at a time.
 */
final class Worker implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(1);

  private final Child child;
  private final Channel channel;
  private final Path directory;
  private final ScheduledExecutorService watchdog;
  private boolean tired;
  private boolean ready;
  private volatile long cpuAtKill = -1;

  private Worker(Child child, Channel channel, Path directory, ScheduledExecutorService watchdog) {
    this.child = child;
    this.channel = channel;
    this.directory = directory;
    this.watchdog = watchdog;
  }

  /** The child is gone, or spoke nonsense. */
  static final class Lost extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean timedOut;
    private final boolean afterStart;

    private Lost(String message, boolean timedOut, boolean afterStart) {
      super(message);
      this.timedOut = timedOut;
      this.afterStart = afterStart;
    }

    /** Whether the child had been ready: then code under test may be the reason. */
    boolean afterStart() {
      return afterStart;
    }

    boolean timedOut() {
      return timedOut;
    }
  }

  static Worker start(
      Children children,
      Path labJar,
      ProjectModel project,
      ProjectModel.Module module,
      ScheduledExecutorService watchdog)
      throws IOException, Lost {
    WorkerSettings settings = new WorkerSettings(project, module);
    Path directory = Files.createTempDirectory("fettle-lab");
    Begun begun = new Begun(directory);
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      Path socket = directory.resolve("socket");
      server.bind(UnixDomainSocketAddress.of(socket));
      Child child = children.start(room(children, labJar, project, settings, directory, socket));
      begun.child = child;
      SocketChannel connection = accept(server, child);
      begun.connection = connection;
      Worker worker = new Worker(child, new Channel(connection), directory, watchdog);
      Message answer = worker.ask(settings.setup(), START, event -> {});
      if (!(answer instanceof Message.Ready)) {
        throw new Lost("the child did not get ready: " + answer, false, false);
      }
      worker.ready = true;
      begun.whole = true;
      return worker;
    } finally {
      begun.undo();
    }
  }

  /** What a start made so far: whatever ends it early, nothing is left. */
  private static final class Begun {
    private final Path directory;
    private @Nullable Child child;
    private @Nullable SocketChannel connection;
    private boolean whole;

    Begun(Path directory) {
      this.directory = directory;
    }

    void undo() {
      if (whole) {
        return;
      }
      Child started = child;
      if (started != null) {
        started.close();
      }
      try {
        SocketChannel accepted = connection;
        if (accepted != null) {
          accepted.close();
        }
        TreeCopy.delete(directory);
      } catch (IOException leftBehind) {
        // Why it did not start matters more than a directory under the system's temporary one.
      }
    }
  }

  /**
   * What of the named paths is there to be shown. Asked at each start: children write in the copy,
   * and what was a directory at the last start may be a link by now.
   */
  private static List<Path> within(
      Children children, ProjectModel project, Path directory, List<Path> named)
      throws IOException {
    List<Path> libraries = new ArrayList<>(children.libraries());
    libraries.add(project.javaHome());
    Bounds bounds =
        new Bounds(
            project.root(),
            project.tool() == ProjectModel.BuildTool.PLAIN
                ? List.of(Path.of("/"))
                : List.copyOf(libraries));
    if (!bounds.holds(directory)) {
      throw new IOException("a module lies outside the copy: " + directory);
    }
    List<Path> there = new ArrayList<>();
    for (Path path : named) {
      if (bounds.shows(path)) {
        there.add(path);
      } else if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException("what the build named leads out of the copy: " + path);
      }
    }
    return there;
  }

  private static Room room(
      Children children,
      Path labJar,
      ProjectModel project,
      WorkerSettings settings,
      Path directory,
      Path socket)
      throws IOException {
    List<Path> libraries = new ArrayList<>(List.of(labJar));
    libraries.addAll(settings.libraries());
    Path classPath = directory.resolve("class-path");
    String joined = String.join(":", libraries.stream().map(Path::toString).toList());
    Files.writeString(
        classPath, "-cp\n\"" + joined.replace("\\", "\\\\").replace("\"", "\\\"") + "\"\n");
    List<String> command = new ArrayList<>();
    command.add(project.javaHome().resolve("bin/java").toString());
    command.addAll(settings.jvmArguments());
    command.add("@" + classPath);
    command.add("dev.fettle.lab.LabMain");
    command.add(socket.toString());
    List<Path> named = new ArrayList<>(settings.libraries());
    for (ProjectModel.Module each : project.modules()) {
      named.addAll(each.processorPath());
      named.addAll(each.mainClasspath());
      named.addAll(List.of(each.mainOutput(), each.testOutput()));
      named.addAll(each.mainSources());
      named.addAll(each.testSources());
    }
    List<Path> readable = new ArrayList<>(List.of(labJar, project.javaHome(), project.root()));
    readable.addAll(within(children, project, settings.directory(), named));
    return new Room(
        command,
        settings.workingDirectory(),
        readable,
        List.of(settings.directory(), directory),
        false,
        settings.environment());
  }

  /** Waits for the child to connect; a child that ends before is lost. */
  private static SocketChannel accept(ServerSocketChannel server, Child child)
      throws IOException, Lost {
    server.configureBlocking(false);
    long end = System.nanoTime() + START.toNanos();
    try {
      while (System.nanoTime() < end) {
        SocketChannel connection = server.accept();
        if (connection != null) {
          connection.configureBlocking(true);
          return connection;
        }
        if (child.await(Duration.ofMillis(5))) {
          break;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    child.kill();
    throw new Lost("the child did not start: " + last(child.output()), false, false);
  }

  /**
   * Sends a request and waits for its answer; what comes before goes to {@code events}. At the
   * timeout the child is killed.
   */
  Message ask(Message request, Duration timeout, Consumer<Message> events) throws Lost {
    return converse(request, timeout, timeout, false, events);
  }

  /** The same, for as long as the child goes on telling: {@code idle} is the longest silence. */
  Message askPatiently(Message request, Duration idle, Consumer<Message> events) throws Lost {
    return converse(request, idle, Duration.ofDays(1), true, events);
  }

  /** The same, and no longer than {@code whole}. */
  Message askPatiently(Message request, Duration idle, Duration whole, Consumer<Message> events)
      throws Lost {
    return converse(request, idle, whole, true, events);
  }

  private Message converse(
      Message request, Duration idle, Duration whole, boolean patient, Consumer<Message> events)
      throws Lost {
    long end = System.nanoTime() + whole.toNanos();
    Duration timeout = idle.compareTo(whole) < 0 ? idle : whole;
    AtomicBoolean late = new AtomicBoolean();
    ScheduledFuture<?> alarm = alarm(timeout, late);
    try {
      channel.send(request);
      while (true) {
        Message answer = channel.receive();
        if (answer instanceof Message.Done done) {
          tired |= done.tired();
        }
        if (!isEvent(answer)) {
          return answer;
        }
        events.accept(answer);
        if (patient) {
          alarm.cancel(false);
          Duration left = Duration.ofNanos(end - System.nanoTime());
          alarm = alarm(idle.compareTo(left) < 0 ? idle : left, late);
        }
      }
    } catch (IOException e) {
      String how = late.get() ? "ran longer than " + timeout.toMillis() + " ms" : ending();
      child.kill();
      throw new Lost(how, late.get(), ready);
    } finally {
      alarm.cancel(false);
    }
  }

  private ScheduledFuture<?> alarm(Duration timeout, AtomicBoolean late) {
    return watchdog.schedule(
        () -> {
          late.set(true);
          cpuAtKill = child.cpu().map(Duration::toNanos).orElse(-1L);
          child.kill();
        },
        Math.max(1, timeout.toMillis()),
        TimeUnit.MILLISECONDS);
  }

  private static boolean isEvent(Message message) {
    return message instanceof Message.Started
        || message instanceof Message.Finished
        || message instanceof Message.Verdicts
        || message instanceof Message.ClassDone
        || message instanceof Message.RunBy
        || message instanceof Message.Covered;
  }

  private String ending() {
    try {
      child.await(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    String code = child.isAlive() ? "" : " with code " + child.exitCode();
    return "the JVM ended" + code + ": " + last(child.output());
  }

  private static String last(String output) {
    String text = output.strip();
    return text.length() <= 500 ? text : text.substring(text.length() - 500);
  }

  /** CPU time of the child in nanoseconds when it was killed for being late. */
  OptionalLong cpuAtKill() {
    return cpuAtKill < 0 ? OptionalLong.empty() : OptionalLong.of(cpuAtKill);
  }

  /** Whether it may take another job. */
  boolean usable() {
    return child.isAlive() && !tired;
  }

  @Override
  public void close() {
    try {
      channel.close();
      child.kill();
      TreeCopy.delete(directory);
    } catch (IOException leftBehind) {
      // A directory of a dead child under the system's temporary directory.
    }
  }
}
