package dev.fettle.source.java;

import java.util.Set;
import javax.lang.model.AnnotatedConstruct;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/** What annotations say about null, whoever's annotations they are. */
public enum Nullness {
  NULLABLE,
  NON_NULL,
  UNKNOWN;

  private static final Set<String> MAY = Set.of("Nullable", "CheckForNull", "NullableDecl");
  private static final Set<String> NEVER =
      Set.of("NonNull", "Nonnull", "NotNull", "NotBlank", "NotEmpty", "NonNullDecl");
  private static final Set<String> BY_DEFAULT =
      Set.of("NullMarked", "NonNullApi", "NonNullByDefault", "ParametersAreNonnullByDefault");

  /** Of a variable, or of a method's result. */
  public static Nullness of(Element element) {
    Nullness own = of((AnnotatedConstruct) element);
    if (own == UNKNOWN) {
      own = of(element.asType());
    }
    return own != UNKNOWN ? own : byDefault(element.getEnclosingElement());
  }

  private static Nullness of(AnnotatedConstruct annotated) {
    for (AnnotationMirror a : annotated.getAnnotationMirrors()) {
      String name = a.getAnnotationType().asElement().getSimpleName().toString();
      if (MAY.contains(name)) {
        return NULLABLE;
      }
      if (NEVER.contains(name)) {
        return NON_NULL;
      }
    }
    return UNKNOWN;
  }

  private static Nullness byDefault(@Nullable Element around) {
    for (Element e = around; e != null; e = e.getEnclosingElement()) {
      for (AnnotationMirror a : e.getAnnotationMirrors()) {
        if (BY_DEFAULT.contains(a.getAnnotationType().asElement().getSimpleName().toString())) {
          return NON_NULL;
        }
      }
    }
    return UNKNOWN;
  }
}
