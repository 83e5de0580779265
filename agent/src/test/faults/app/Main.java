package app;

import java.util.concurrent.atomic.AtomicReference;

/** Runs cases, each in a thread of its own, and prints how each ended. Never healed itself. */
public class Main {
  interface Case {
    Object run() throws Throwable;
  }

  public static void main(String[] args) throws Exception {
    int threads = Integer.parseInt(args[0]);
    show("two-locks", Cases::twoLocks);
    show("two-locks-free", () -> Cases.isFree(Cases.FIRST) && Cases.isFree(Cases.SECOND));
    show("lock-not-taken", Cases::lockNotTaken);
    show("synchronized", () -> new Cases().locked());
    show("synchronized-free", () -> Cases.isFree(Cases.last));
    show("explicit-lock", Cases::explicitLock);
    show("static-initializer", () -> Cases.Broken.value());
    show("static-initializer-again", () -> Cases.Broken.value());
    show("constructor-before-parent", () -> new Cases.Early("x").text);
    show("constructor", () -> new Cases.Late("x").after);
    show("stack-overflow", () -> Cases.deep(1));
    show("out-of-memory", Cases::tooMuch);
    show("thread-death", Cases::death);
    show("interrupted", Cases::interrupted);
    show("heal-inside-a-heal", Cases::nested);
    show("heals-in-a-row", Cases::row);
    show("fast-throw", FastThrow::healed);
    System.out.println("too-often: " + leftAlone());
    show("near-64-KB", () -> Huge.run(0));
    show("no-debug-information", () -> Bare.run("x"));
    show("obfuscated", () -> a.a.a("x"));
    show("groovy-typed", () -> shop.Typed.price("x"));
    show("groovy-dynamic", () -> shop.Dynamic.price("x"));
    show("kotlin-throws", () -> kotlin.text.StringsKt.take("abc", -2));
    show("kotlin", () -> kotlin.text.StringsKt.substring("abc", new kotlin.ranges.IntRange(2, 9)));
    show("many-threads", () -> Cases.many(threads, false));
    if (Runtime.version().feature() >= 21) {
      show("virtual-threads", () -> Cases.many(threads, true));
      show("pinned", Cases::pinned);
    }
    show("loop", Cases::loop);
  }

  /** A class that throws what it expects all the time is not asked any more. */
  private static String leftAlone() throws InterruptedException {
    String first = end("too-often", () -> Often.unexpected(0));
    String now = first;
    for (int i = 1; i < 300 && now.equals(first); i++) {
      Often.run(20_000);
      int number = i;
      now = end("too-often", () -> Often.unexpected(number));
    }
    return first + " then " + now;
  }

  static void show(String name, Case what) throws InterruptedException {
    System.out.println(name + ": " + end(name, what));
  }

  private static String end(String name, Case what) throws InterruptedException {
    AtomicReference<String> end = new AtomicReference<>("nothing");
    Thread thread = new Thread(null, () -> end.set(ended(what)), name, 1 << 20);
    thread.setUncaughtExceptionHandler((t, e) -> end.set(e.getClass().getSimpleName()));
    thread.start();
    thread.join();
    return end.get();
  }

  private static String ended(Case what) {
    try {
      return String.valueOf(what.run());
    } catch (Throwable e) {
      throw Main.<RuntimeException>sneaky(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T sneaky(Throwable e) throws T {
    throw (T) e;
  }
}
