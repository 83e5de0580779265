package dev.fettle.sandbox.confine;

import java.util.List;
import java.util.Map;

/** No confinement: children run as the server does, where that is allowed. */
final class HostConfinement implements Confinement {
  private final HostExecution execution;
  private final String why;

  /**
   * @param why what was tried and did not work, for people
   */
  HostConfinement(HostExecution execution, String why) {
    this.execution = execution;
    this.why = why;
  }

  @Override
  public String name() {
    return execution == HostExecution.ALLOWED ? "host (not confined)" : "refused (" + why + ")";
  }

  @Override
  public boolean isolates() {
    return false;
  }

  @Override
  public List<String> wrap(Room room) {
    if (execution == HostExecution.REFUSED) {
      throw new Refused(
          "running project code is refused: "
              + why
              + "; wanted bubblewrap, or a checkout that the user names");
    }
    return room.command();
  }

  @Override
  public Map<String, String> environment(Room room) {
    return room.environment();
  }
}
