package dev.fettle.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.boot.Site;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is counted of a class must not keep an application that was taken down. */
class HeldClassesTest {
  /** Loaded once more by a loader of its own. */
  static final class Gone {}

  private final AtomicLong nanos = new AtomicLong(TimeUnit.HOURS.toNanos(1));
  private final Rates rates = new Rates(nanos::get);
  private final ThrowLog log = new ThrowLog(nanos::get);

  @Test
  void countersDoNotHoldTheClass() throws Exception {
    WeakReference<ClassLoader> loader = new WeakReference<>(count());
    for (int i = 0; i < 600 && !loader.refersTo(null); i++) {
      System.gc();
      Thread.sleep(50);
    }
    assertThat(loader.refersTo(null)).isTrue();
    assertThat(log.count(Gone.class.getName(), "f")).isEqualTo(1);
  }

  private ClassLoader count() throws Exception {
    URL classes = Gone.class.getProtectionDomain().getCodeSource().getLocation();
    URLClassLoader loader = new URLClassLoader(new URL[] {classes}, null);
    Class<?> type = loader.loadClass(Gone.class.getName());
    assertThat(rates.mayLook(site(type, "f"))).isTrue();
    log.left(site(type, "f"), new IllegalStateException());
    loader.close();
    return loader;
  }

  @Test
  void countsReachBackFiveMinutesAndOverloadsAreOne() {
    log.left(site(Gone.class, "f"), new IllegalStateException());
    log.left(new Site(Gone.class, "f", "(I)V", "", false, 0, 0), new ArithmeticException());
    assertThat(log.count(Gone.class.getName(), "f")).isEqualTo(2);
    assertThat(log.types(Gone.class.getName(), "f")).hasSize(2);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(ThrowLog.SECONDS + 10));
    assertThat(log.count(Gone.class.getName(), "f")).isZero();
  }

  @Test
  void methodsThatThrewLongAgoMakeRoom() {
    for (int i = 0; i < 6_000; i++) {
      log.left(site(Gone.class, "old" + i), new IllegalStateException());
    }
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(ThrowLog.SECONDS + 10));
    log.left(site(Gone.class, "f"), new IllegalStateException());
    assertThat(log.count(Gone.class.getName(), "f")).isEqualTo(1);
  }

  private static Site site(Class<?> type, String method) {
    return new Site(type, method, "()V", "", false, 0, 0);
  }
}
