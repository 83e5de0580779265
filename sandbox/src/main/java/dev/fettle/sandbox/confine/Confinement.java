package dev.fettle.sandbox.confine;

import java.util.List;
import java.util.Map;

/** A way to confine children. */
public interface Confinement {
  /** For people: {@code bubblewrap}, {@code host (not confined)}, ... */
  String name();

  /** Whether children see only what their room names. */
  boolean isolates();

  /**
   * The command that runs the room's command confined.
   *
   * @throws Refused when nothing may run here
   */
  List<String> wrap(Room room);

  /**
   * The environment in which that command starts. What a repository chose must not be in it where
   * the command begins outside of the confinement.
   */
  Map<String, String> environment(Room room);

  /** Code under test may not run: nothing here can confine it, and nobody allowed it unconfined. */
  final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String reason) {
      super(reason);
    }
  }
}
