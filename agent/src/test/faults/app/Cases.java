package app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;

/** What healing must survive. */
public class Cases {
  static final Object FIRST = new Object();
  static final Object SECOND = new Object();
  static final String NOTHING = null;
  static volatile Cases last;

  static int twoLocks() {
    int n = 1;
    synchronized (FIRST) {
      n += 10;
      synchronized (SECOND) {
        n += NOTHING.length();
        n += 100;
      }
      n += NOTHING.length();
      n += 1000;
    }
    return n;
  }

  static int lockNotTaken() {
    Object lock = NOTHING;
    int n = 1;
    synchronized (lock) {
      n = 2;
    }
    return n;
  }

  synchronized int locked() {
    last = this;
    int n = 5;
    n += NOTHING.length();
    return n + 1;
  }

  static int explicitLock() {
    ReentrantLock lock = new ReentrantLock();
    int n = 3;
    lock.lock();
    try {
      n += NOTHING.length();
      n += 4;
    } finally {
      lock.unlock();
    }
    return lock.isLocked() ? -1 : n;
  }

  static boolean isFree(Object lock) throws InterruptedException {
    CountDownLatch taken = new CountDownLatch(1);
    Thread other =
        new Thread(
            () -> {
              synchronized (lock) {
                taken.countDown();
              }
            });
    other.setDaemon(true);
    other.start();
    return taken.await(20, TimeUnit.SECONDS);
  }

  static class Broken {
    static final int VALUE;

    static {
      int n = 1;
      n += NOTHING.length();
      VALUE = n;
    }

    static int value() {
      return VALUE;
    }
  }

  static class Parent {
    final String text;

    Parent(int length) {
      text = "p" + length;
    }
  }

  static class Early extends Parent {
    Early(String text) {
      super(Integer.parseInt(text));
    }
  }

  static class Late extends Parent {
    int after = 7;

    Late(String text) {
      super(3);
      after = 8;
      after += Integer.parseInt(text);
    }
  }

  static int deep(int n) {
    return deep(n + 1) + 1;
  }

  @SuppressWarnings({"deprecation", "removal"})
  static int death() {
    int n = 1;
    n += die();
    return n;
  }

  @SuppressWarnings({"deprecation", "removal"})
  static int die() {
    throw new ThreadDeath();
  }

  static int interrupted() throws InterruptedException {
    int n = 1;
    Thread.currentThread().interrupt();
    Thread.sleep(1000);
    return n;
  }

  static int nested() {
    int n = 1;
    n = outer(NOTHING);
    return n;
  }

  static int outer(String text) {
    int n = 20;
    n = inner(text) + text.length();
    return n;
  }

  static int inner(String text) {
    int n = 300;
    n = text.length();
    return n;
  }

  static int row() {
    int n = 0;
    for (int i = 0; i < 200; i++) {
      n += length(NOTHING, i);
      n += length(NOTHING, i + 1000);
    }
    return n;
  }

  static int length(String text, int i) {
    int n = 1;
    n = text.length() + i;
    return n;
  }

  static int tooMuch() {
    int n = 1;
    n = new long[Integer.MAX_VALUE][Integer.MAX_VALUE].length;
    return n;
  }

  static int many(int threads, boolean virtual) throws Exception {
    AtomicInteger healed = new AtomicInteger();
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int number = i;
      Runnable work = () -> healed.addAndGet(waiting(go, number));
      if (virtual) {
        all.add(startVirtual(work));
      } else {
        all.add(new Thread(null, work, "many", 128 << 10));
        all.get(i).start();
      }
    }
    go.countDown();
    for (Thread each : all) {
      each.join();
    }
    return healed.get();
  }

  static int waiting(CountDownLatch go, int number) {
    boolean interrupted = false;
    try {
      go.await();
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (!interrupted) {
      length(NOTHING, number);
    }
    return interrupted ? 0 : 1;
  }

  static Thread startVirtual(Runnable work) throws Exception {
    return (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work);
  }

  /**
   * How often a virtual thread held on to its carrier in the code that heals it, and where first.
   * The JDK's own pins, such as a wait for a class that it initializes, are not the agent's.
   */
  static String pinned() throws Exception {
    try (Recording recording = new Recording()) {
      recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ZERO).withStackTrace();
      recording.start();
      many(1_000, true);
      recording.stop();
      java.nio.file.Path file = java.nio.file.Files.createTempFile("pinned", ".jfr");
      recording.dump(file);
      List<String> ours =
          RecordingFile.readAllEvents(file).stream()
              .filter(event -> event.getStackTrace() != null)
              .map(event -> event.getStackTrace().getFrames().toString())
              .filter(frames -> frames.contains("dev.fettle."))
              .toList();
      java.nio.file.Files.delete(file);
      return ours.isEmpty() ? "0" : ours.size() + ", the first of " + ours.get(0).replaceAll("\\s+", " ");
    }
  }

  static int loop() {
    int n = 0;
    while (n >= 0) {
      n++;
      n += NOTHING.length();
    }
    return n;
  }
}
