package dev.fettle.source.java;

import javax.lang.model.element.Element;
import javax.lang.model.type.TypeMirror;

/**
 * A variable that code at a place can name.
 *
 * @param assigned whether it certainly has a value there; a conservative reading of definite
 *     assignment
 */
public record VisibleVariable(
    String name, TypeMirror type, Kind kind, boolean assigned, Element element) {

  /** Where it is declared. */
  public enum Kind {
    PARAMETER,
    LOCAL,
    FIELD
  }
}
