package dev.fettle.agent.observe;

/** How threads are told apart in what is reported. */
public final class ThreadName {
  private ThreadName() {}

  /** The name of this thread; its number where it has none, as most virtual ones. */
  public static String current() {
    Thread thread = Thread.currentThread();
    String name = thread.getName();
    return name.isEmpty() ? "#" + thread.getId() : name;
  }
}
