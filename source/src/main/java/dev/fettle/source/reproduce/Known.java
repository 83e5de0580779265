package dev.fettle.source.reproduce;

import dev.fettle.contract.model.CapturedValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.tree.MethodInsnNode;

/** What is known of the value that a collaborator's call returned. */
sealed interface Known {

  /** Seen in a frame, or part of one; {@code type} is what the code took it for, or empty. */
  record Seen(CapturedValue value, String type) implements Known {}

  /** It was null. */
  record Nothing() implements Known {}

  /** Not null, and calls on it returned what is known of them. */
  record Fluent(Map<Method, Known> results) implements Known {
    public Fluent {
      results = new LinkedHashMap<>(results);
    }
  }

  /** An Optional of it. */
  record Present(Known content) implements Known {}

  /** A collection, stream or array with these among its elements. */
  record Holding(List<Known> elements) implements Known {
    public Holding {
      elements = List.copyOf(elements);
    }
  }

  /** The call ran the function passed as argument {@code argument} with these parameters. */
  record Ran(int argument, Method implementation, List<Known> parameters, Slot slots)
      implements Known {
    public Ran {
      parameters = List.copyOf(parameters);
    }
  }

  /** Nothing is known, but something that is not null is wanted. */
  record Plausible() implements Known {}

  /** The truth value that leads to the failing statement. */
  record Truth(boolean value) implements Known {}

  /**
   * A method by what a call names.
   *
   * @param arguments the constants it was called with, as Java; empty for a call with any others
   */
  record Method(String owner, String name, String descriptor, List<String> arguments) {
    public Method {
      arguments = List.copyOf(arguments);
    }

    Method(String owner, String name, String descriptor) {
      this(owner, name, descriptor, List.of());
    }

    static Method of(MethodInsnNode call) {
      return new Method(call.owner, call.name, call.desc);
    }

    /** The same method, when it is called with just these constants. */
    Method calledWith(List<String> constants) {
      return new Method(owner, name, descriptor, constants);
    }
  }

  /** How sure, for choosing between two claims on the same call. */
  default int weight() {
    if (this instanceof Plausible) {
      return 0;
    }
    return this instanceof Fluent || this instanceof Truth ? 1 : 2;
  }

  /** Both hold. */
  default Known and(Known other) {
    if (this instanceof Fluent a && other instanceof Fluent b) {
      Map<Method, Known> results = new LinkedHashMap<>(a.results());
      b.results().forEach((m, k) -> results.merge(m, k, Known::and));
      return new Fluent(results);
    }
    if (this instanceof Holding a && other instanceof Holding b) {
      List<Known> elements = new ArrayList<>(a.elements());
      b.elements().stream().filter(e -> !elements.contains(e)).forEach(elements::add);
      return new Holding(elements);
    }
    return other.weight() > weight() ? other : this;
  }
}
