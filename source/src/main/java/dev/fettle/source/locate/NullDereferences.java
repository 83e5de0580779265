package dev.fettle.source.locate;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import dev.fettle.contract.model.CapturedException;
import dev.fettle.source.java.JavaFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Matches a helpful NullPointerException message, or captured nulls, with the source of its line.
 */
final class NullDereferences {
  private final Site site;
  private final JavaFile file;
  private final @Nullable NullMessage message;
  private final Values values;
  private final List<ExpressionTree> expressions;
  private final List<Rated> rated = new ArrayList<>();

  private record Rated(Found found, int score) {}

  NullDereferences(Site site, CapturedException exception, List<ExpressionTree> expressions) {
    this.site = site;
    this.file = site.file();
    this.message = NullMessage.parse(exception.message()).orElse(null);
    this.values = new Values(site.frame());
    this.expressions = expressions;
  }

  Optional<Found> find() {
    if (!site.innermost()) {
      return Optional.empty();
    }
    expressions.forEach(this::rate);
    site.statements().forEach(this::rateHeader);
    if (message != null && message.unboxing()) {
      String box = message.owner();
      boolean explicit = called(message.member());
      expressions.stream().filter(e -> !explicit).forEach(e -> rateBox(e, box));
    }
    return rated.stream()
        .filter(r -> r.score() > (message == null ? 0 : 3))
        .max(Comparator.comparingInt(Rated::score))
        .map(Rated::found);
  }

  private void rate(ExpressionTree e) {
    if (e instanceof MethodInvocationTree m && m.getMethodSelect() instanceof MemberSelectTree s) {
      int fit =
          fits(NullMessage.Operation.INVOKE, s.getIdentifier().toString(), m.getArguments().size());
      add(m, s.getExpression(), fit, FailingExpressions.nameLine(file, m));
    } else if (e instanceof MemberReferenceTree r) {
      add(r, r.getQualifierExpression(), message == null ? 1 : 0, file.line(r));
    } else if (e instanceof ArrayAccessTree a) {
      int fit =
          Math.max(
              fits(NullMessage.Operation.LOAD_ELEMENT, "", -1),
              fits(NullMessage.Operation.STORE_ELEMENT, "", -1));
      add(a, a.getExpression(), fit, file.line(a));
    } else if (e instanceof MemberSelectTree s) {
      String name = s.getIdentifier().toString();
      int fit =
          Math.max(
              fits(NullMessage.Operation.READ_FIELD, name, -1),
              fits(NullMessage.Operation.ASSIGN_FIELD, name, -1));
      if (name.equals("length")) {
        fit = Math.max(fit, fits(NullMessage.Operation.ARRAY_LENGTH, "", -1));
      }
      boolean call =
          file.path(s).getParentPath().getLeaf() instanceof MethodInvocationTree m
              && m.getMethodSelect() == s;
      if (!call) {
        add(s, s.getExpression(), fit, file.lastLine(s));
      }
    }
  }

  /**
   * Loops call iterator(), switches call hashCode() or ordinal(), without such a call in source.
   */
  private void rateHeader(StatementTree s) {
    Optional<ExpressionTree> header = FailingExpressions.header(s);
    if (header.isPresent()) {
      int fit =
          message == null
              ? 1
              : switch (message.operation()) {
                case INVOKE ->
                    message.member().matches("iterator|hashCode|ordinal")
                            && !called(message.member())
                        ? 4
                        : 0;
                case ARRAY_LENGTH -> 3;
                case THROW, SYNCHRONIZE -> 4;
                case READ_FIELD, ASSIGN_FIELD, LOAD_ELEMENT, STORE_ELEMENT -> 0;
              };
      add(header.get(), header.get(), fit, file.line(header.get()));
    }
  }

  private boolean called(String method) {
    return expressions.stream()
        .anyMatch(
            e -> e instanceof MethodInvocationTree && FailingExpressions.nameOf(e).equals(method));
  }

  private void rateBox(ExpressionTree e, String box) {
    boolean boxed = file.typeOf(e).filter(t -> t.toString().equals(box)).isPresent();
    Tree parent = file.path(e).getParentPath().getLeaf();
    boolean receiver = parent instanceof MemberSelectTree;
    if (boxed && !receiver && !(e instanceof LiteralTree)) {
      add(e, e, 4, file.line(e));
    }
  }

  private int fits(NullMessage.Operation operation, String member, int arguments) {
    if (message == null) {
      return 1;
    }
    boolean fits =
        message.operation() == operation
            && (message.member().isEmpty() || message.member().equals(member))
            && (message.arguments() < 0 || arguments < 0 || message.arguments() == arguments);
    return fits ? 4 : 0;
  }

  private void add(ExpressionTree whole, ExpressionTree culprit, int fit, int line) {
    ExpressionTree bare = Evaluated.bare(culprit);
    boolean impossible =
        fit == 0
            || bare instanceof NewClassTree
            || bare instanceof LiteralTree
            || bare.toString().equals("this")
            || bare.toString().equals("super")
            || values.isPresent(bare)
            || file.elementOf(bare)
                .filter(x -> x.getKind().isClass() || x.getKind().isInterface())
                .isPresent();
    if (impossible) {
      return;
    }
    int score = fit + because(bare) + (line == site.frame().line() ? 2 : 0);
    score += values.isNull(bare) ? 4 : 0;
    String does =
        whole == culprit ? " is null" : " is null, and " + Words.quoted(file, whole) + " needs it";
    rated.add(new Rated(new Found(whole, culprit, Words.quoted(file, culprit) + does), score));
  }

  /** How well an expression agrees with what the message says was null. */
  private int because(ExpressionTree e) {
    if (message == null) {
      return 0;
    }
    if (message.returnedBy() != null) {
      boolean same =
          e instanceof MethodInvocationTree m
              && FailingExpressions.nameOf(m).equals(message.returnedBy())
              && m.getArguments().size() == message.returnedByArguments();
      return same ? 4 : -3;
    }
    String variable = message.variable();
    if (variable == null) {
      return 0;
    }
    if (e instanceof MethodInvocationTree) {
      return -3;
    }
    String said = normal(variable);
    String here = normal(e.toString());
    if (said.equals(here)) {
      return 4;
    }
    if (said.startsWith("<local")) {
      int dot = said.indexOf('>') + 1;
      String rest = said.substring(dot);
      return rest.isEmpty() ? (e instanceof IdentifierTree ? 2 : 0) : here.endsWith(rest) ? 3 : 0;
    }
    return last(said).equals(last(here)) ? 2 : -1;
  }

  private static String normal(String text) {
    return text.replaceAll("\\s+", "").replaceAll("^this\\.", "").replaceAll("\\[.*?]", "[]");
  }

  private static String last(String text) {
    return text.substring(text.lastIndexOf('.') + 1);
  }
}
