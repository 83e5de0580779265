package dev.fettle.lab;

import dev.fettle.lab.framework.TestFramework;
import dev.fettle.lab.protocol.Channel;
import dev.fettle.lab.protocol.Message;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;

/** Answers the requests of one server. Confined to the main thread. */
final class LabSession {
  /**
   * A JVM that loaded this many classes has seen many jobs; a fresh one is cheaper than its heap.
   */
  private static final int TIRED_CLASSES = 120_000;

  private final Channel channel;
  private final PrintStream silent;

  LabSession(Channel channel, PrintStream silent) {
    this.channel = channel;
    this.silent = silent;
  }

  void serve() throws IOException {
    if (!(channel.receive() instanceof Message.Setup setup)) {
      throw new IOException("the first message must describe the module");
    }
    Application application = new Application(setup);
    SourceCompiler compiler = new SourceCompiler(setup);
    TestFramework framework = TestFramework.of(setup);
    TestRun runs = new TestRun(application, framework, channel::send, silent);
    DrivenRun driven = new DrivenRun(application, framework, setup, channel::send, silent);
    Reachability reachability = new Reachability(application);
    Candidates candidates = new Candidates(application, channel::send, silent);
    setup.systemProperties().forEach(LabSession::setProperty);
    channel.send(new Message.Ready(framework.name()));
    while (true) {
      Message request = channel.receive();
      channel.send(
          guarded(
              () ->
                  answer(request, compiler, application, runs, driven, reachability, candidates)));
    }
  }

  private static Message answer(
      Message request,
      SourceCompiler compiler,
      Application application,
      TestRun runs,
      DrivenRun driven,
      Reachability reachability,
      Candidates candidates)
      throws IOException {
    if (request instanceof Message.Compile compile) {
      return compiler.compile(compile, application);
    } else if (request instanceof Message.Run run) {
      runs.run(run);
      return new Message.Done(tired());
    } else if (request instanceof Message.Drive drive) {
      driven.run(drive);
      return new Message.Done(tired());
    } else if (request instanceof Message.Reach reach) {
      return reachability.reached(reach);
    } else if (request instanceof Message.Prepare prepare) {
      return candidates.prepare(prepare);
    } else if (request instanceof Message.Judge judge) {
      return candidates.prepared().judge(judge);
    } else if (request instanceof Message.Behave behave) {
      return candidates.prepared().behave(behave);
    } else if (request instanceof Message.Explore explore) {
      return candidates.prepared().explore(explore);
    }
    return new Message.Broken("not a request: " + request.getClass().getName());
  }

  /** Something that answers a request. */
  private interface Answer {
    Message get() throws IOException;
  }

  /** A firebreak: a request runs on its own thread, and whatever it throws is an answer. */
  private static Message guarded(Answer answer) {
    CompletableFuture<Message> result = new CompletableFuture<>();
    Runnable request =
        () -> {
          try {
            result.complete(answer.get());
          } catch (Throwable t) {
            result.complete(new Message.Broken(t.toString()));
          }
        };
    new Thread(null, request, "main", 16L << 20).start();
    return result.join();
  }

  private static void setProperty(String pair) {
    int equals = pair.indexOf('=');
    if (equals > 0) {
      System.setProperty(pair.substring(0, equals), pair.substring(equals + 1));
    }
  }

  private static boolean tired() {
    Runtime runtime = Runtime.getRuntime();
    long used = runtime.totalMemory() - runtime.freeMemory();
    int classes =
        java.lang.management.ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
    return classes > TIRED_CLASSES
        || used > runtime.maxMemory() * 9 / 10
        || TimeLimit.busy(); // a test's thread that nothing ends takes the time of others
  }
}
