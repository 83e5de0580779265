package dev.fettle.source.locate;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.source.java.JavaFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Narrows a site's line to the expression that threw and the part of it that had the bad value. */
final class FailingExpressions {
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");

  private final Site site;
  private final JavaFile file;
  private final Values values;
  private final CapturedException exception;
  private final List<ExpressionTree> expressions;

  FailingExpressions(Site site, CapturedException exception) {
    this.site = site;
    this.file = site.file();
    this.values = new Values(site.frame());
    this.exception = exception;
    this.expressions = site.expressions();
  }

  Optional<Found> find(FaultClass fault) {
    Optional<StatementTree> thrown =
        site.statements().stream().filter(ThrowTree.class::isInstance).findFirst();
    if (site.innermost() && thrown.isPresent() && fault != FaultClass.NULL_DEREFERENCE) {
      return Optional.of(new Found(thrown.get(), null, "the program itself refuses here"));
    }
    return switch (fault) {
      case NULL_DEREFERENCE, NULL_UNBOXING ->
          new NullDereferences(site, exception, expressions).find().or(this::nullArgument);
      case INDEX_OUT_OF_BOUNDS -> arrayIndex().or(() -> argument(fault));
      case NEGATIVE_ARRAY_SIZE -> arraySize().or(() -> argument(fault));
      case CLASS_CAST -> cast();
      case ARITHMETIC -> division().or(() -> argument(fault));
      case CONCURRENT_MODIFICATION, NO_SUCH_ELEMENT, UNSUPPORTED_OPERATION -> receiver();
      case SUBSTRING_OUT_OF_BOUNDS,
          NUMBER_FORMAT,
          DATE_FORMAT,
          ILLEGAL_ARGUMENT,
          ILLEGAL_STATE,
          RESOURCE_LEAK,
          UNBOUNDED_RECURSION,
          MISSING_CASE,
          OTHER ->
          argument(fault);
    };
  }

  private Optional<Found> arrayIndex() {
    if (!site.innermost()) {
      return Optional.empty();
    }
    Optional<Long> bad = numbers().stream().findFirst();
    return best(
            ArrayAccessTree.class, a -> bad.isPresent() && values.number(a.getIndex()).equals(bad))
        .map(
            a ->
                new Found(
                    a,
                    a.getIndex(),
                    quoted(a.getIndex())
                        + bad.map(b -> " is " + b).orElse(" is")
                        + " outside of "
                        + quoted(a.getExpression())));
  }

  private Optional<Found> arraySize() {
    if (!site.innermost()) {
      return Optional.empty();
    }
    return best(NewArrayTree.class, n -> !n.getDimensions().isEmpty())
        .filter(n -> !n.getDimensions().isEmpty())
        .map(
            n -> {
              List<ExpressionTree> sizes = List.copyOf(n.getDimensions());
              ExpressionTree size =
                  sizes.stream()
                      .filter(d -> values.number(d).filter(v -> v < 0).isPresent())
                      .findFirst()
                      .or(() -> sizes.stream().filter(d -> !(d instanceof LiteralTree)).findFirst())
                      .orElse(sizes.get(0));
              return new Found(n, size, quoted(size) + " is negative: " + exception.message());
            });
  }

  private Optional<Found> cast() {
    String message = exception.message() == null ? "" : exception.message();
    Matcher m = Pattern.compile("class (\\S+) cannot be cast to class (\\S+).*").matcher(message);
    String is = m.matches() ? simple(m.group(1)) : "of another class";
    String to = m.matches() ? simple(m.group(2)) : "";
    Optional<TypeCastTree> explicit =
        best(TypeCastTree.class, c -> file.source(c.getType()).replaceAll("<.*>", "").endsWith(to));
    if (explicit.isPresent()) {
      return explicit.map(
          c ->
              new Found(
                  c,
                  c.getExpression(),
                  quoted(c.getExpression()) + " is " + is + ", not " + file.source(c.getType())));
    }
    return expressions.stream()
        .filter(e -> e instanceof MethodInvocationTree || e instanceof IdentifierTree)
        .filter(
            e ->
                file.typeOf(e)
                    .filter(t -> simple(t.toString().replaceAll("<.*>", "")).equals(to))
                    .isPresent())
        .findFirst()
        .map(e -> new Found(e, e, quoted(e) + " is " + is + ", not " + to));
  }

  private Optional<Found> division() {
    if (!site.innermost()) {
      return Optional.empty();
    }
    List<Found> found = new ArrayList<>();
    for (ExpressionTree e : expressions) {
      ExpressionTree divisor = null;
      if (e instanceof BinaryTree b
          && (b.getKind() == Tree.Kind.DIVIDE || b.getKind() == Tree.Kind.REMAINDER)) {
        divisor = b.getRightOperand();
      } else if (e instanceof CompoundAssignmentTree c
          && (c.getKind() == Tree.Kind.DIVIDE_ASSIGNMENT
              || c.getKind() == Tree.Kind.REMAINDER_ASSIGNMENT)) {
        divisor = c.getExpression();
      }
      if (divisor != null && !(divisor instanceof LiteralTree) && integral(e)) {
        Found f = new Found(e, divisor, quoted(divisor) + " is zero");
        if (values.number(divisor).filter(v -> v == 0).isPresent()) {
          return Optional.of(f);
        }
        if (values.number(divisor).isEmpty()) {
          found.add(f);
        }
      }
    }
    return found.stream().findFirst();
  }

  private boolean integral(ExpressionTree e) {
    return file.typeOf(e).filter(t -> t.toString().matches("float|double")).isEmpty();
  }

  /** The receiver of the call that led to the exception, or its argument when it is static. */
  private Optional<Found> receiver() {
    for (StatementTree s : site.statements()) {
      if (s instanceof EnhancedForLoopTree loop && callInto(false).isEmpty()) {
        return Optional.of(
            new Found(
                loop.getExpression(),
                loop.getExpression(),
                quoted(loop.getExpression()) + " is changed while this loop runs over it"));
      }
    }
    return callInto(true)
        .map(
            call -> {
              ExpressionTree receiver = receiverOf(call);
              boolean type = receiver == null || isType(receiver);
              List<ExpressionTree> args = argumentsOf(call);
              ExpressionTree culprit = !type ? receiver : args.isEmpty() ? null : args.get(0);
              return new Found(
                  call,
                  culprit,
                  culprit == null ? quoted(call) + " failed" : refused(culprit, call));
            });
  }

  private String refused(ExpressionTree culprit, ExpressionTree call) {
    return switch (exception.type()) {
      case "java.lang.UnsupportedOperationException" ->
          quoted(culprit) + " cannot be changed, and " + quoted(call) + " changes it";
      case "java.util.ConcurrentModificationException" ->
          quoted(culprit) + " is changed while it is being walked";
      default -> quoted(culprit) + " has nothing to give to " + quoted(call);
    };
  }

  /** The argument that the called code refused. */
  private Optional<Found> argument(FaultClass fault) {
    return callInto(true)
        .map(
            call -> {
              ExpressionTree culprit = badArgument(fault, call);
              if (culprit == null) {
                return new Found(call, null, quoted(call) + " failed");
              }
              String seen = values.shown(culprit).map(v -> " (" + v + ")").orElse("");
              return new Found(
                  call, culprit, quoted(call) + " does not accept " + quoted(culprit) + seen);
            });
  }

  private @Nullable ExpressionTree badArgument(FaultClass fault, ExpressionTree call) {
    List<ExpressionTree> args = argumentsOf(call);
    if (args.isEmpty()) {
      return fault == FaultClass.ILLEGAL_STATE ? receiverOf(call) : null;
    }
    if (fault == FaultClass.SUBSTRING_OUT_OF_BOUNDS && args.size() > 1) {
      return badBound(args);
    }
    List<Long> bad = numbers();
    for (Long b : bad) {
      for (ExpressionTree a : args) {
        if (!(a instanceof LiteralTree) && values.number(a).equals(Optional.of(b))) {
          return a;
        }
      }
    }
    return args.stream()
        .filter(a -> !(a instanceof LiteralTree) && !isConstant(a))
        .findFirst()
        .orElse(args.get(0));
  }

  /** {@code begin b, end e, length n}. */
  private ExpressionTree badBound(List<ExpressionTree> args) {
    List<Long> n = numbers();
    ExpressionTree begin = args.get(0);
    ExpressionTree end = args.get(1);
    if (n.size() < 3) {
      return begin instanceof LiteralTree ? end : begin;
    }
    boolean badEnd = n.get(1) > n.get(2) || n.get(1) < 0;
    boolean badBegin = n.get(0) < 0 || n.get(0) > n.get(2);
    return badBegin || (!badEnd && begin instanceof IdentifierTree && end instanceof LiteralTree)
        ? begin
        : end;
  }

  private Optional<Found> nullArgument() {
    return callInto(true)
        .flatMap(
            call -> {
              List<ExpressionTree> args = argumentsOf(call);
              Optional<ExpressionTree> seen = args.stream().filter(values::isNull).findFirst();
              ExpressionTree culprit =
                  seen.isPresent()
                      ? seen.get()
                      : args.stream()
                          .filter(a -> !(a instanceof LiteralTree) && !values.isPresent(a))
                          .filter(a -> !isPrimitive(a))
                          .findFirst()
                          .orElse(null);
              return Optional.of(
                  new Found(
                      call,
                      culprit,
                      culprit == null
                          ? quoted(call) + " met null"
                          : quoted(culprit)
                              + " is null, and "
                              + quoted(call)
                              + " does not take it"));
            });
  }

  private boolean isPrimitive(ExpressionTree e) {
    return file.typeOf(e).filter(t -> t.getKind().isPrimitive()).isPresent();
  }

  /** The call on the line that entered the next inner frame. */
  private Optional<ExpressionTree> callInto(boolean lenient) {
    CapturedFrame inner = site.inner();
    List<ExpressionTree> calls =
        expressions.stream()
            .filter(
                e ->
                    e instanceof MethodInvocationTree
                        || e instanceof NewClassTree
                        || e instanceof MemberReferenceTree)
            .toList();
    if (inner == null) {
      return lenient && calls.size() == 1 ? Optional.of(calls.get(0)) : Optional.empty();
    }
    List<ExpressionTree> named = calls.stream().filter(c -> enters(c, inner)).toList();
    List<ExpressionTree> onLine =
        named.stream().filter(c -> nameLine(file, c) == site.frame().line()).toList();
    if (!onLine.isEmpty() || !named.isEmpty()) {
      return (onLine.isEmpty() ? named : onLine).stream().min(this::likelier);
    }
    return lenient && calls.size() == 1 ? Optional.of(calls.get(0)) : Optional.empty();
  }

  /** A call with an argument or receiver seen to be bad comes first, else source order. */
  private int likelier(ExpressionTree a, ExpressionTree b) {
    return Boolean.compare(suspicious(b), suspicious(a));
  }

  private boolean suspicious(ExpressionTree call) {
    List<Long> bad = numbers();
    String message = exception.message() == null ? "" : exception.message();
    return argumentsOf(call).stream()
        .anyMatch(
            a ->
                values.isNull(a)
                    || values.number(a).filter(bad::contains).isPresent()
                    || values
                        .of(a)
                        .filter(
                            v ->
                                v instanceof dev.fettle.contract.model.CapturedValue.Text t
                                    && message.contains('"' + t.text() + '"'))
                        .isPresent());
  }

  static boolean enters(ExpressionTree call, CapturedFrame inner) {
    String name = inner.method();
    if (call instanceof NewClassTree n) {
      String type = n.getIdentifier().toString().replaceAll("<.*>", "");
      return name.equals("<init>") && simple(inner.className()).equals(simple(type));
    }
    return nameOf(call).equals(name);
  }

  static String nameOf(ExpressionTree call) {
    if (call instanceof MethodInvocationTree m) {
      return m.getMethodSelect() instanceof MemberSelectTree s
          ? s.getIdentifier().toString()
          : m.getMethodSelect().toString();
    }
    return call instanceof MemberReferenceTree r ? r.getName().toString() : "";
  }

  static List<ExpressionTree> argumentsOf(ExpressionTree call) {
    if (call instanceof MethodInvocationTree m) {
      return List.copyOf(m.getArguments());
    }
    return call instanceof NewClassTree n ? List.copyOf(n.getArguments()) : List.of();
  }

  static @Nullable ExpressionTree receiverOf(ExpressionTree call) {
    if (call instanceof MethodInvocationTree m
        && m.getMethodSelect() instanceof MemberSelectTree s) {
      return s.getExpression();
    }
    return call instanceof MemberReferenceTree r ? r.getQualifierExpression() : null;
  }

  /** The line that the JVM reports for a call: that of the name in a chain over several lines. */
  static int nameLine(JavaFile file, ExpressionTree call) {
    if (call instanceof MethodInvocationTree m) {
      return file.lastLine(m.getMethodSelect());
    }
    return file.line(call);
  }

  private boolean isType(ExpressionTree e) {
    return file.elementOf(e)
        .map(x -> x.getKind().isClass() || x.getKind().isInterface())
        .orElseGet(
            () -> e instanceof IdentifierTree i && Character.isUpperCase(i.getName().charAt(0)));
  }

  private static boolean isConstant(ExpressionTree e) {
    String last = e.toString();
    return last.matches("[\\w.]*\\b[A-Z][A-Z0-9_]*") || e instanceof NewClassTree;
  }

  private <T extends ExpressionTree> Optional<T> best(Class<T> kind, Predicate<T> preferred) {
    List<T> all = expressions.stream().filter(kind::isInstance).map(kind::cast).toList();
    return all.stream().filter(preferred).findFirst().or(() -> all.stream().findFirst());
  }

  private List<Long> numbers() {
    List<Long> found = new ArrayList<>();
    Matcher m = NUMBER.matcher(exception.message() == null ? "" : exception.message());
    while (m.find() && found.size() < 4) {
      found.add(Long.parseLong(m.group()));
    }
    return found;
  }

  private String quoted(Tree tree) {
    return Words.quoted(file, tree);
  }

  static String simple(String type) {
    return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
  }

  /** Null selectors and monitors stand in statements, not in expressions of their own. */
  static Optional<ExpressionTree> header(Tree statement) {
    if (statement instanceof EnhancedForLoopTree f) {
      return Optional.of(f.getExpression());
    } else if (statement instanceof SwitchTree s) {
      return Optional.of(Evaluated.bare(s.getExpression()));
    } else if (statement instanceof SwitchExpressionTree s) {
      return Optional.of(Evaluated.bare(s.getExpression()));
    } else if (statement instanceof SynchronizedTree s) {
      return Optional.of(Evaluated.bare(s.getExpression()));
    } else if (statement instanceof ThrowTree t) {
      return Optional.of(t.getExpression());
    }
    return Optional.empty();
  }
}
