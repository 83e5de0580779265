package dev.fettle.templates.conventions;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import dev.fettle.templates.code.Declarations;
import dev.fettle.templates.code.Declared;
import dev.fettle.templates.code.TypeName;
import dev.fettle.templates.code.Unit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;

/**
 * Which HTTP status an exception type is answered with: read from advices and annotations, else
 * from what an exception hands to its base class.
 */
final class Statuses {
  private static final Pattern CLASS = Pattern.compile("([\\w.]+)\\.class");
  private static final Set<String> PLATFORM =
      Set.of("IllegalArgumentException", "NoSuchElementException", "IllegalStateException");
  private static final Set<String> ANY = Set.of("Throwable", "Exception", "RuntimeException");

  /** Thrown by frameworks about a request, a bean or a row, or checked: not for others to throw. */
  private static final Pattern RAISED_FOR_US =
      Pattern.compile(
          "javax?\\.(?!persistence\\.|ws\\.).*"
              + "|jakarta\\.(servlet|validation|transaction)\\..*"
              + "|org\\.springframework\\.(web|http|validation|core|beans|context|dao|messaging)\\..*"
              + "|com\\.fasterxml\\..*|tools\\.jackson\\..*");

  private final Declarations declarations;
  private final Map<String, Integer> byType = new HashMap<>();
  private final Map<String, String> imported = new HashMap<>();
  private final Set<String> handled = new HashSet<>();
  private final List<Factory> factories = new ArrayList<>();

  /** {@code ApiException.notFound(...)}: a static method that makes an exception of one status. */
  record Factory(Declared type, Declared.Method method, int status) {}

  private Statuses(Declarations declarations) {
    this.declarations = declarations;
  }

  static Statuses of(Declarations declarations) {
    Statuses s = new Statuses(declarations);
    for (Declared d : declarations.all()) {
      d.annotation("ResponseStatus")
          .flatMap(WrittenStatus::meant)
          .ifPresent(c -> s.byType.put(d.simple(), c));
      for (Declared.Method m : d.methods()) {
        if (m.annotated("ExceptionHandler")) {
          s.handler(d, m);
        }
        s.factory(d, m);
      }
    }
    Set<String> mapped = Set.copyOf(s.byType.keySet());
    for (Declared d : declarations.all()) {
      boolean own =
          declarations.throwable(d)
              && declarations.lineage(TypeName.of(d.simple())).stream()
                  .noneMatch(t -> declarations.type(t).isPresent() && mapped.contains(t.simple()));
      if (own) {
        s.carried(d).ifPresent(c -> s.byType.put(d.simple(), c));
      }
    }
    return s;
  }

  private void handler(Declared owner, Declared.Method m) {
    MethodTree tree = m.tree();
    if (tree == null) {
      return;
    }
    List<String> types = new ArrayList<>();
    for (AnnotationTree a : tree.getModifiers().getAnnotations()) {
      if (a.getAnnotationType().toString().endsWith("ExceptionHandler")) {
        Matcher c = CLASS.matcher(a.toString());
        while (c.find()) {
          types.add(c.group(1));
        }
      }
    }
    if (types.isEmpty()) {
      m.parameters().stream().map(p -> p.type().simple()).filter(this::raised).forEach(types::add);
    }
    Optional<Integer> code = answered(owner, m, tree);
    for (String type : types) {
      String simple = type.substring(type.lastIndexOf('.') + 1);
      handled.add(simple);
      Optional.of(type)
          .filter(t -> t.matches("[a-z].*\\..*"))
          .or(() -> owner.unit().imported(type))
          .ifPresent(q -> imported.put(simple, q));
      code.ifPresent(c -> byType.put(simple, c));
    }
  }

  private boolean raised(String type) {
    return declarations
        .type(type)
        .map(declarations::throwable)
        .orElseGet(() -> type.matches("\\w*(Exception|Error)|Throwable"));
  }

  /** Empty too where the handler asks the exception itself. */
  private static Optional<Integer> answered(Declared owner, Declared.Method m, MethodTree tree) {
    for (AnnotationTree a : tree.getModifiers().getAnnotations()) {
      if (a.getAnnotationType().toString().endsWith("ResponseStatus")) {
        return WrittenStatus.meant(a.toString());
      }
    }
    String text = owner.unit().text(tree);
    boolean asks =
        m.parameters().stream()
            .anyMatch(
                p ->
                    Pattern.compile(
                            "\\b" + Pattern.quote(p.name()) + "\\s*\\.\\s*(?i:\\w*status\\w*)\\(")
                        .matcher(text)
                        .find());
    return asks ? Optional.empty() : WrittenStatus.meant(text);
  }

  private void factory(Declared d, Declared.Method m) {
    if (m.tree() != null
        && m.tree().getModifiers().getFlags().contains(Modifier.STATIC)
        && m.returns().simple().equals(d.simple())
        && declarations.throwable(d)) {
      WrittenStatus.meant(d.unit().text(m.tree()))
          .ifPresent(code -> factories.add(new Factory(d, m, code)));
    }
  }

  /** The status that an exception gives its base class, or says when it is asked. */
  private Optional<Integer> carried(Declared d) {
    for (Declared.Method m : d.methods()) {
      if (m.tree() == null || m.tree().getBody() == null) {
        continue;
      }
      List<? extends StatementTree> statements = m.tree().getBody().getStatements();
      for (StatementTree s : statements) {
        if (m.name().equals("<init>")
            && s instanceof ExpressionStatementTree e
            && e.getExpression() instanceof MethodInvocationTree call
            && call.getMethodSelect().toString().matches("super|this")) {
          Optional<Integer> code = among(call.getArguments(), d.unit());
          if (code.isPresent()) {
            return code;
          }
        }
      }
      if (m.parameters().isEmpty()
          && m.name().matches("(?i)(get)?(http)?status(code)?")
          && statements.size() == 1
          && statements.get(0) instanceof ReturnTree r
          && r.getExpression() != null) {
        Optional<Integer> code = among(List.of(r.getExpression()), d.unit());
        if (code.isPresent()) {
          return code;
        }
      }
    }
    return d.supertypes().stream()
            .anyMatch(t -> t.simple().matches("ResponseStatusException|ErrorResponseException"))
        ? WrittenStatus.said(d.unit().text(d.tree()))
        : Optional.empty();
  }

  /**
   * The first status among arguments: a constant, a number that is one, or a constant of the code
   * base's own that was made with a status.
   */
  Optional<Integer> among(Collection<? extends ExpressionTree> arguments, Unit unit) {
    return arguments.stream().flatMap(a -> meant(a, unit).stream()).findFirst();
  }

  private Optional<Integer> meant(ExpressionTree argument, Unit unit) {
    String text = unit.text(argument);
    if (text.matches("[45]\\d\\d")) {
      return Optional.of(Integer.valueOf(text));
    }
    boolean plain = argument instanceof MemberSelectTree || argument instanceof IdentifierTree;
    Optional<Integer> code = plain ? WrittenStatus.meant(text) : WrittenStatus.said(text);
    return code.or(() -> constant(argument));
  }

  /** {@code ErrorCode.USER_UNKNOWN}, declared as {@code USER_UNKNOWN(HttpStatus.NOT_FOUND)}. */
  private Optional<Integer> constant(ExpressionTree e) {
    if (!(e instanceof MemberSelectTree s)) {
      return Optional.empty();
    }
    String owner = s.getExpression().toString();
    Optional<Declared> type =
        declarations.type(owner.substring(owner.lastIndexOf('.') + 1)).filter(Declared::isEnum);
    if (type.isEmpty()) {
      return Optional.empty();
    }
    for (Tree member : type.get().tree().getMembers()) {
      if (member instanceof VariableTree v
          && v.getName().contentEquals(s.getIdentifier())
          && v.getInitializer() instanceof NewClassTree made) {
        return made.getArguments().stream()
            .filter(
                a -> !(a instanceof MemberSelectTree m && m.getIdentifier().equals(v.getName())))
            .flatMap(a -> meant(a, type.get().unit()).stream())
            .findFirst();
      }
    }
    return Optional.empty();
  }

  /** Factories of exceptions that are answered with one of these statuses, in that order. */
  List<Factory> factories(int... codes) {
    List<Factory> found = new ArrayList<>();
    for (int code : codes) {
      factories.stream().filter(f -> f.status() == code).forEach(found::add);
    }
    return found;
  }

  /** The status of what {@code Type.method(...)} makes; 0 when unknown. */
  int ofFactory(String type, String method) {
    return factories.stream()
        .filter(f -> f.type().simple().equals(type) && f.method().name().equals(method))
        .mapToInt(Factory::status)
        .findFirst()
        .orElse(0);
  }

  /** Whether the code base has exceptions of its own for one of these statuses. */
  boolean answers(int... codes) {
    return !answering(codes).isEmpty() || !factories(codes).isEmpty();
  }

  /** Whether an advice answers every exception that it does not know better, a framework's too. */
  boolean answersAny() {
    return handled.stream().anyMatch(ANY::contains)
        && handled.stream()
            .noneMatch(t -> t.matches("ResponseStatusException|ErrorResponse(Exception)?"));
  }

  /** The status of a type or of the nearest of its supertypes that has one; 0 when unknown. */
  int of(String type) {
    if (byType.containsKey(type)) {
      return byType.get(type);
    }
    return declarations
        .type(type)
        .map(
            d ->
                d.supertypes().stream()
                    .mapToInt(s -> s.simple().equals(type) ? 0 : of(s.simple()))
                    .max()
                    .orElse(0))
        .orElse(0);
  }

  /**
   * Types answered with that status that can be thrown: declared ones first, then those of
   * libraries by name.
   */
  List<String> answering(int... codes) {
    List<String> found = new ArrayList<>();
    for (int code : codes) {
      for (Declared d : declarations.all()) {
        if (declarations.throwable(d)
            && !d.tree().getModifiers().getFlags().contains(Modifier.ABSTRACT)
            && of(d.simple()) == code
            && !found.contains(d.simple())) {
          found.add(d.simple());
        }
      }
      byType.entrySet().stream()
          .filter(e -> e.getValue() == code)
          .map(Map.Entry::getKey)
          .filter(t -> PLATFORM.contains(t) || ofLibrary(t).isPresent())
          .filter(t -> !found.contains(t))
          .sorted()
          .forEach(found::add);
    }
    return found;
  }

  /** The qualified name of a library's type that an advice answers and a service may throw. */
  Optional<String> ofLibrary(String type) {
    return Optional.ofNullable(imported.get(type))
        .filter(q -> declarations.type(type).isEmpty() && !RAISED_FOR_US.matcher(q).matches());
  }
}
