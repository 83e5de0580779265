package dev.fettle.source.check;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A repair does not catch what says that a program is wrong, does not widen what is caught, and
 * leaves no catch block empty. Failures of input, such as a number that does not parse, may be
 * caught.
 */
final class SwallowsNothing extends Comparison {
  private static final Set<String> FAULTS =
      Set.of(
          "Throwable",
          "Exception",
          "RuntimeException",
          "Error",
          "AssertionError",
          "VirtualMachineError",
          "StackOverflowError",
          "OutOfMemoryError",
          "LinkageError",
          "NullPointerException",
          "IndexOutOfBoundsException",
          "ArrayIndexOutOfBoundsException",
          "StringIndexOutOfBoundsException",
          "ArithmeticException",
          "ClassCastException",
          "NegativeArraySizeException",
          "ArrayStoreException",
          "ConcurrentModificationException",
          "NoClassDefFoundError",
          "ExceptionInInitializerError",
          "IllegalMonitorStateException");

  SwallowsNothing(Shared shared) {
    super(shared, "swallows nothing", 6);
  }

  @Override
  Optional<String> objection(Pair pair, Read read) {
    Map<String, Integer> before = pair.before().caught;
    Map<String, Integer> after = pair.after().caught;
    for (String type : after.keySet()) {
      if (FAULTS.contains(type) && Traits.more(after, before, type) > 0) {
        return Optional.of("catches " + type + " instead of removing its cause");
      }
    }
    if (pair.after().emptyCatches > pair.before().emptyCatches) {
      return Optional.of("adds a catch block that does nothing");
    }
    if (pair.after().returnsInFinally > pair.before().returnsInFinally) {
      return Optional.of("returns from a finally block, which drops any exception");
    }
    return Optional.empty();
  }

  @Override
  String fact() {
    return "swallows no failure";
  }
}
