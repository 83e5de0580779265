package dev.fettle.templates.code;

import com.sun.source.tree.ClassTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every type a code base declares, found by simple name. Immutable but for what javac's trees are.
 */
public final class Declarations {
  private static final Set<String> SPRING_DATA =
      Set.of(
          "JpaRepository",
          "CrudRepository",
          "ListCrudRepository",
          "PagingAndSortingRepository",
          "MongoRepository",
          "Repository");

  private final List<Unit> units;
  private final Map<String, Declared> types = new LinkedHashMap<>();
  private final Set<String> requestBodies;
  private final PathVariables pathVariables;

  private Declarations(List<Unit> units) {
    this.units = List.copyOf(units);
    for (Unit unit : units) {
      new TreeScanner<Void, String>() {
        @Override
        public Void visitClass(ClassTree c, String outer) {
          if (c.getSimpleName().isEmpty()) {
            return null;
          }
          Declared d = Declared.of(unit, c, outer);
          types.putIfAbsent(d.simple(), d);
          return super.visitClass(c, d.qualified());
        }
      }.scan(unit.tree(), unit.packageName());
    }
    requestBodies = RequestBodies.of(this);
    pathVariables = PathVariables.of(this);
  }

  public static Declarations of(List<Unit> units) {
    return new Declarations(units);
  }

  public List<Unit> units() {
    return units;
  }

  public Iterable<Declared> all() {
    return types.values();
  }

  public Optional<Declared> type(TypeName name) {
    return Optional.ofNullable(types.get(name.simple()));
  }

  public Optional<Declared> type(String simple) {
    return Optional.ofNullable(types.get(simple));
  }

  /** Simple names of types that carry what a client sent. */
  public Set<String> requestBodies() {
    return requestBodies;
  }

  /** Whether a type can be thrown, as far as the name of its ancestor in a library tells. */
  public boolean throwable(Declared d) {
    return d.simple().endsWith("Exception")
        || lineage(TypeName.of(d.simple())).stream()
            .anyMatch(
                t -> type(t).isEmpty() && t.simple().matches("\\w*(Exception|Error)|Throwable"));
  }

  /** Parameters that hold a part of a request's path. */
  PathVariables pathVariables() {
    return pathVariables;
  }

  /** Whether {@code type} is {@code ancestor} or declared below it. */
  public boolean below(String type, String ancestor) {
    if (type.equals(ancestor)) {
      return true;
    }
    Declared d = types.get(type);
    return d != null
        && d.supertypes().stream()
            .anyMatch(s -> !s.simple().equals(type) && below(s.simple(), ancestor));
  }

  /** The types of the supertype chain, self first, nearest first. */
  public List<TypeName> lineage(TypeName type) {
    List<TypeName> line = new ArrayList<>();
    climb(type, line);
    return line;
  }

  private void climb(TypeName type, List<TypeName> line) {
    if (line.size() > 20 || line.contains(type)) {
      return;
    }
    line.add(type);
    type(type)
        .ifPresent(
            d -> {
              Map<String, TypeName> bound = new HashMap<>();
              for (int i = 0; i < d.variables().size(); i++) {
                bound.put(d.variables().get(i), type.argument(i));
              }
              d.supertypes().forEach(s -> climb(s.with(bound), line));
            });
  }

  /** The declared method that a call reaches, with the type that declares it. */
  public Optional<Found> method(TypeName receiver, String name, int arguments) {
    for (TypeName t : lineage(receiver)) {
      Optional<Declared> d = type(t);
      Optional<Declared.Method> m = d.flatMap(x -> x.method(name, arguments));
      if (m.isPresent()) {
        Map<String, TypeName> bound = new HashMap<>();
        for (int i = 0; i < d.get().variables().size(); i++) {
          bound.put(d.get().variables().get(i), t.argument(i));
        }
        return Optional.of(new Found(d.get(), m.get(), m.get().returns().with(bound)));
      }
    }
    return Optional.empty();
  }

  /** A method, who declares it, and what it returns at the call. */
  public record Found(Declared owner, Declared.Method method, TypeName returns) {}

  /** The type of a field, own or inherited. */
  public Optional<TypeName> field(TypeName receiver, String name) {
    for (TypeName t : lineage(receiver)) {
      Optional<TypeName> f = type(t).map(d -> d.fields().get(name));
      if (f.isPresent()) {
        return f;
      }
    }
    return Optional.empty();
  }

  /** What a call returns, from declarations first, else from what is known of the JDK. */
  public TypeName returns(TypeName receiver, String name, int arguments) {
    Optional<Found> found = method(receiver, name, arguments);
    if (found.isPresent()) {
      return found.get().returns();
    }
    for (TypeName t : lineage(receiver)) {
      if (SPRING_DATA.contains(t.simple()) && t.arguments().size() == 2) {
        return switch (name) {
          case "findById" -> new TypeName("Optional", List.of(t.argument(0)));
          case "findAll", "findAllById", "saveAll" -> new TypeName("List", List.of(t.argument(0)));
          case "save", "getById", "getReferenceById", "getOne" -> t.argument(0);
          case "existsById" -> TypeName.of("boolean");
          case "count" -> TypeName.of("long");
          default -> TypeName.UNKNOWN;
        };
      }
    }
    return PlatformTypes.returns(receiver, name, arguments);
  }
}
