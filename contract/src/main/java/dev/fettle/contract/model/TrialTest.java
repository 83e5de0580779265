package dev.fettle.contract.model;

/** A test that candidates are judged by. */
public sealed interface TrialTest {
  /** For people: short and unique within a program. */
  String name();

  /**
   * A main program that must end normally and print exactly what is expected.
   *
   * @param className the class in {@code source} with the {@code main} method
   * @param source a compilation unit that is compiled together with the program
   * @param expectedOutput all of standard output
   */
  record MainOutput(String name, String className, String source, String expectedOutput)
      implements TrialTest {}

  /**
   * A test method of the project's own tests, as compiled.
   *
   * @param className binary name
   * @param method as the test framework names it
   */
  record TestMethod(String className, String method) implements TrialTest {
    @Override
    public String name() {
      return className + "#" + method;
    }
  }
}
