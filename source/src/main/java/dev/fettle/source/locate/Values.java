package dev.fettle.source.locate;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.CapturedValue;
import dev.fettle.contract.model.Variable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Evaluates simple expressions over the values of a frame: variables, fields, accessors that bear a
 * field's name, array elements, sizes and integer arithmetic. Never runs code.
 */
record Values(CapturedFrame frame) {

  /** Empty when it was not captured or is not simple. */
  Optional<CapturedValue> of(ExpressionTree expression) {
    ExpressionTree e = Evaluated.bare(expression);
    if (e instanceof IdentifierTree i) {
      String name = i.getName().toString();
      if (name.equals("this")) {
        return Optional.ofNullable(frame.receiver());
      }
      Optional<CapturedValue> local = frame.local(name).map(Variable::value);
      return local.isPresent() ? local : field(Optional.ofNullable(frame.receiver()), name);
    }
    if (e instanceof MemberSelectTree m) {
      Optional<CapturedValue> owner = of(m.getExpression());
      String name = m.getIdentifier().toString();
      return name.equals("length") ? size(owner).or(() -> field(owner, name)) : field(owner, name);
    }
    if (e instanceof MethodInvocationTree c
        && c.getMethodSelect() instanceof MemberSelectTree m
        && c.getArguments().isEmpty()) {
      return accessor(of(m.getExpression()), m.getIdentifier().toString());
    }
    if (e instanceof ArrayAccessTree a) {
      Optional<Long> index = number(a.getIndex());
      return of(a.getExpression())
          .filter(CapturedValue.Sequence.class::isInstance)
          .map(CapturedValue.Sequence.class::cast)
          .flatMap(s -> index.flatMap(i -> element(s.elements(), i)));
    }
    if (e instanceof LiteralTree l) {
      Object value = l.getValue();
      return Optional.of(
          value == null
              ? new CapturedValue.Null("java.lang.Object")
              : new CapturedValue.Scalar(l.getKind().name(), value.toString()));
    }
    return e instanceof BinaryTree b ? arithmetic(b) : Optional.empty();
  }

  /** Whether it was seen to be null. */
  boolean isNull(ExpressionTree e) {
    return of(e).filter(CapturedValue.Null.class::isInstance).isPresent();
  }

  /** Whether it was seen and was not null. */
  boolean isPresent(ExpressionTree e) {
    return of(e).filter(v -> !(v instanceof CapturedValue.Null)).isPresent();
  }

  /** Its integer value. */
  Optional<Long> number(ExpressionTree e) {
    return of(e)
        .filter(CapturedValue.Scalar.class::isInstance)
        .map(v -> ((CapturedValue.Scalar) v).text())
        .filter(t -> t.matches("-?\\d{1,18}"))
        .map(Long::parseLong);
  }

  /** How to show it in a sentence; empty when unknown, cut when long. */
  Optional<String> shown(ExpressionTree e) {
    return of(e)
        .flatMap(
            v -> {
              if (v instanceof CapturedValue.Null) {
                return Optional.of("null");
              } else if (v instanceof CapturedValue.Scalar s) {
                return Optional.of(cut(s.text()));
              } else if (v instanceof CapturedValue.Text t) {
                return Optional.of('"' + cut(t.text()) + '"');
              } else if (v instanceof CapturedValue.EnumConstant c) {
                return Optional.of(c.name());
              } else if (v instanceof CapturedValue.Sequence s) {
                return Optional.of(s.size() + (s.size() == 1 ? " element" : " elements"));
              } else if (v instanceof CapturedValue.Mapping m) {
                return Optional.of(m.size() + (m.size() == 1 ? " entry" : " entries"));
              }
              return Optional.empty();
            });
  }

  private static String cut(String text) {
    String clean = text.replaceAll("\\p{Cntrl}", " ");
    return clean.length() > 60 ? clean.substring(0, 57) + "..." : clean;
  }

  private static Optional<CapturedValue> field(Optional<CapturedValue> owner, String name) {
    return owner
        .filter(CapturedValue.Composite.class::isInstance)
        .flatMap(
            v ->
                ((CapturedValue.Composite) v)
                    .fields().stream()
                        .filter(f -> f.name().equals(name))
                        .map(CapturedValue.Field::value)
                        .findFirst());
  }

  private static Optional<CapturedValue> accessor(Optional<CapturedValue> owner, String method) {
    if (method.equals("size") || method.equals("length")) {
      Optional<CapturedValue> size = size(owner);
      if (size.isPresent()) {
        return size;
      }
    }
    Optional<CapturedValue> direct = field(owner, method);
    if (direct.isPresent() || method.length() < 4 || !method.startsWith("get")) {
      return direct;
    }
    return field(owner, method.substring(3, 4).toLowerCase(Locale.ROOT) + method.substring(4));
  }

  private static Optional<CapturedValue> size(Optional<CapturedValue> value) {
    return value.flatMap(
        v -> {
          if (v instanceof CapturedValue.Sequence s) {
            return Optional.of(scalar(s.size()));
          } else if (v instanceof CapturedValue.Mapping m) {
            return Optional.of(scalar(m.size()));
          } else if (v instanceof CapturedValue.Text t) {
            return Optional.of(scalar(t.length()));
          }
          return Optional.empty();
        });
  }

  private static Optional<CapturedValue> element(List<CapturedValue> elements, long index) {
    return index >= 0 && index < elements.size()
        ? Optional.of(elements.get((int) index))
        : Optional.empty();
  }

  private Optional<CapturedValue> arithmetic(BinaryTree b) {
    Optional<Long> left = number(b.getLeftOperand());
    Optional<Long> right = number(b.getRightOperand());
    if (left.isEmpty() || right.isEmpty()) {
      return Optional.empty();
    }
    long l = left.get();
    long r = right.get();
    if (b.getKind() == Tree.Kind.PLUS) {
      return Optional.of(scalar(l + r));
    } else if (b.getKind() == Tree.Kind.MINUS) {
      return Optional.of(scalar(l - r));
    } else if (b.getKind() == Tree.Kind.MULTIPLY) {
      return Optional.of(scalar(l * r));
    } else if (b.getKind() == Tree.Kind.DIVIDE && r != 0) {
      return Optional.of(scalar(l / r));
    } else if (b.getKind() == Tree.Kind.REMAINDER && r != 0) {
      return Optional.of(scalar(l % r));
    }
    return Optional.empty();
  }

  private static CapturedValue scalar(long value) {
    return new CapturedValue.Scalar("int", Long.toString(value));
  }
}
