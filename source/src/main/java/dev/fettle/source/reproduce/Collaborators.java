package dev.fettle.source.reproduce;

import dev.fettle.contract.model.CapturedValue;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;

/** Decides which objects a test replaces by stubs and which it builds from their fields. */
final class Collaborators {
  private static final int MAX_DEPTH = 4;
  private static final Set<String> STEREOTYPES =
      Set.of(
          "Service",
          "Repository",
          "Component",
          "Controller",
          "RestController",
          "Configuration",
          "Mapper",
          "FeignClient",
          "ControllerAdvice",
          "RestControllerAdvice",
          "Named",
          "Singleton",
          "ApplicationScoped",
          "RequestScoped",
          "Stateless",
          "HttpExchange");

  private final ClassPool classes;
  private final Evidence evidence;

  Collaborators(ClassPool classes, Evidence evidence) {
    this.classes = classes;
    this.evidence = evidence;
  }

  /** Whether a captured object is better stubbed: a proxy, a bean, a library's machinery. */
  boolean stubbed(CapturedValue.Composite value, JavaType type, JavaType target) {
    if (evidence.onPath(type.internal())) {
      return false;
    }
    if (Proxies.isProxy(value.type()) && !value.type().contains("HibernateProxy")) {
      return true;
    }
    if (!classes.has(type.internal())) {
      return true;
    }
    if (!classes.application(type.internal())) {
      return !type.internal().startsWith("java/");
    }
    return bean(type.internal()) && !plain(value, 0);
  }

  /** The same for an object whose inside is unknown. */
  boolean collaborator(JavaType seen, JavaType declared) {
    if (seen.primitive() || seen.dims() > 0 || evidence.onPath(seen.internal())) {
      return false;
    }
    String internal = seen.internal();
    if (internal.startsWith("java/") && !internal.startsWith("java/sql/")) {
      return false;
    }
    boolean abstractType =
        classes.find(internal).map(c -> new ClassShape(c, classes).isAbstract()).orElse(true);
    boolean declaredInterface =
        !declared.isObject()
            && !declared.internal().startsWith("java/")
            && classes
                .find(declared.internal())
                .map(c -> new ClassShape(c, classes).isInterface())
                .orElse(false);
    return abstractType || declaredInterface || bean(internal) || !classes.application(internal);
  }

  boolean bean(String internal) {
    return classes.find(internal).map(Collaborators::annotated).orElse(false);
  }

  private static boolean annotated(ClassNode c) {
    List<AnnotationNode> all = c.visibleAnnotations == null ? List.of() : c.visibleAnnotations;
    return all.stream()
        .map(a -> JavaType.parse(a.desc).simpleName())
        .anyMatch(STEREOTYPES::contains);
  }

  /** Whether all of it, down to its leaves, can be written without a stub. */
  boolean plain(CapturedValue value, int depth) {
    if (depth > MAX_DEPTH) {
      return false;
    }
    if (value instanceof CapturedValue.Composite c) {
      String type = c.type().replace('.', '/');
      return classes.application(type)
          && !Proxies.isProxy(c.type())
          && c.fields().stream().allMatch(f -> plain(f.value(), depth + 1));
    }
    if (value instanceof CapturedValue.Sequence s) {
      return s.complete() && s.elements().stream().allMatch(e -> plain(e, depth + 1));
    }
    if (value instanceof CapturedValue.Mapping m) {
      return m.complete()
          && m.entries().stream()
              .allMatch(e -> plain(e.key(), depth + 1) && plain(e.value(), depth + 1));
    }
    return !(value instanceof CapturedValue.Opaque)
        && !(value instanceof CapturedValue.Redacted)
        && !(value instanceof CapturedValue.Reference);
  }
}
