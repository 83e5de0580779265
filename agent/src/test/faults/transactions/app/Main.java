package app;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.atomic.AtomicReference;

/** Runs cases, each in a thread of its own, and prints how each ended. Never healed itself. */
public class Main {
  interface Case {
    void run();
  }

  public static void main(String[] args) throws Exception {
    Orders orders = new Orders();
    show("none", orders, orders::place);
    show("template", orders, orders::inTemplate);
    show("interceptor", orders, orders::behindProxy);
    show("checked", orders, orders::checked);
    show("other-inside", orders, orders::otherInside);
    show("twice", orders, orders::twice);
  }

  /** Spring wraps checked exceptions that nobody declares. */
  private static boolean isThrown(Throwable e) {
    return e == Orders.thrown
        || (e instanceof UndeclaredThrowableException && e.getCause() == Orders.thrown);
  }

  static void show(String name, Orders orders, Case what) throws InterruptedException {
    Orders.thrown = null;
    Orders.after = 0;
    orders.empty();
    AtomicReference<String> end = new AtomicReference<>("went on");
    Thread thread = new Thread(what::run, name);
    thread.setUncaughtExceptionHandler(
        (t, e) -> end.set(isThrown(e) ? "the same" : "another: " + e));
    thread.start();
    thread.join();
    System.out.println(name + ": " + end.get() + ", " + Orders.after + ", " + orders.rows());
  }
}
