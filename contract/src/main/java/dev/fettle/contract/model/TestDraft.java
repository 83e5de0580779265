package dev.fettle.contract.model;

import java.util.List;

/**
 * A generated test that should fail as the incident did.
 *
 * @param module the module's directory relative to the root; empty for the root module
 * @param path of the new file, relative to the root
 * @param className binary name of the test class
 * @param methods its test methods
 * @param rung which step of the reproduction ladder
 * @param notes what was stubbed, synthesized or lost, one sentence each
 */
public record TestDraft(
    String module,
    String path,
    String text,
    String className,
    List<String> methods,
    Rung rung,
    List<String> notes) {

  /** The reproduction ladder, best first. */
  public enum Rung {
    /** Only plain inputs. */
    PURE_FRAME,
    /** A bean with stubbed collaborators that return the values seen. */
    STUBBED_BEAN,
    /** Entered through a caller that can be built. */
    CALLER,
    /** The request replayed against the application. */
    REQUEST,
    /** A failing test that the project already has. */
    EXISTING_TEST
  }

  public TestDraft {
    methods = List.copyOf(methods);
    notes = List.copyOf(notes);
  }
}
