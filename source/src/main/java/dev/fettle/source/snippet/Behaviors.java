package dev.fettle.source.snippet;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.EmptyStatementTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import dev.fettle.contract.model.HealBehavior;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Names what a snippet does, compared with the failing statement. The statement of the snippet that
 * is most like the failing one is its <em>counterpart</em>: the snippet does the work over, and
 * what differs between the two counts. Everything else in the snippet changes state. Source of the
 * names: "Healer" (arXiv 2408.01055), Table 3; definitions in {@code docs/snippets.md}.
 */
public final class Behaviors {
  private static final double ALIKE = 0.4;

  private final Tree failing;
  private final List<String> context;
  private final Set<HealBehavior> found = EnumSet.noneOf(HealBehavior.class);

  private Behaviors(Tree failing, List<String> context) {
    this.failing = failing;
    this.context = context;
  }

  /**
   * @param statement the failing statement's text
   * @param method text of the method around it; may be empty
   * @param code the snippet
   * @return what it does; empty when one of the texts cannot be read, which allows nothing
   */
  public static Optional<Set<HealBehavior>> of(String statement, String method, String code) {
    try {
      Optional<List<StatementTree>> was = SnippetParser.statements(statement);
      Optional<List<StatementTree>> is = SnippetParser.statements(code);
      if (was.isEmpty() || was.get().isEmpty() || is.isEmpty()) {
        return Optional.empty();
      }
      Tree failing = was.get().get(0);
      Behaviors behaviors = new Behaviors(failing, others(method, failing));
      return Optional.of(behaviors.compare(is.get()));
    } catch (StackOverflowError deep) {
      return Optional.empty();
    }
  }

  /** Texts of the statements of a method, but the failing one and blocks. */
  private static List<String> others(String method, Tree failing) {
    List<String> texts = new ArrayList<>();
    SnippetParser.member(method)
        .ifPresent(
            unit ->
                new TreeScanner<@Nullable Void, @Nullable Void>() {
                  @Override
                  public @Nullable Void scan(Tree tree, @Nullable Void unused) {
                    if (tree instanceof StatementTree && !(tree instanceof BlockTree)) {
                      texts.add(tree.toString());
                    }
                    return super.scan(tree, unused);
                  }
                }.scan(unit, null));
    texts.removeIf(t -> t.equals(failing.toString()));
    return texts;
  }

  private Set<HealBehavior> compare(List<StatementTree> code) {
    List<StatementTree> work = new ArrayList<>();
    code.forEach(s -> flatten(s, work));
    work.removeIf(EmptyStatementTree.class::isInstance);
    if (work.isEmpty()) {
      found.add(HealBehavior.NO_ACTION);
      return found;
    }
    Optional<StatementTree> counterpart = counterpart(code);
    Piece all = Piece.of(code);
    Piece was = Piece.of(failing);
    counterpart.ifPresent(c -> over(was, Piece.of(c), c));
    List<StatementTree> rest = new ArrayList<>(code);
    counterpart.ifPresent(c -> rest.removeIf(s -> s == c));
    state(was, rest, counterpart);
    library(was, all, counterpart);
    left(was, all, work, counterpart);
    if (found.isEmpty()) {
      // the statement once more, as it was
      found.add(HealBehavior.CONTEXT_DUPLICATION);
    }
    return found;
  }

  private static void flatten(StatementTree statement, List<StatementTree> into) {
    if (statement instanceof BlockTree block) {
      block.getStatements().forEach(s -> flatten(s, into));
    } else {
      into.add(statement);
    }
  }

  /** The statement, however deep, that is most like the failing one. */
  private Optional<StatementTree> counterpart(List<StatementTree> code) {
    List<StatementTree> candidates = new ArrayList<>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void scan(Tree tree, @Nullable Void unused) {
        if (tree instanceof StatementTree statement && !(tree instanceof BlockTree)) {
          candidates.add(statement);
        }
        return super.scan(tree, unused);
      }
    }.scan(code, null);
    StatementTree best = null;
    double most = ALIKE;
    for (StatementTree each : candidates) {
      double alike = sameKind(each) ? alike(tokens(failing), tokens(each)) : 0;
      boolean another = context.contains(each.toString());
      if (alike >= most && !another && doesWork(each)) {
        most = alike;
        best = each;
      }
    }
    return Optional.ofNullable(best);
  }

  private boolean sameKind(StatementTree other) {
    return other.getKind() == failing.getKind() || (isAssigning(failing) && isAssigning(other));
  }

  private static boolean isAssigning(Tree tree) {
    return tree instanceof VariableTree || tree instanceof ExpressionStatementTree;
  }

  /** A plain constant into the same variable is a new value, not the work done over. */
  private boolean doesWork(StatementTree other) {
    Piece mine = Piece.of(other);
    boolean constant =
        mine.assignments.size() == 1
            && mine.calls.isEmpty()
            && isPlain(mine.assignments.get(0).value());
    return !constant || (Piece.of(failing).calls.isEmpty() && !isPlainStatement());
  }

  private boolean isPlainStatement() {
    Piece was = Piece.of(failing);
    return was.assignments.size() == 1 && isPlain(was.assignments.get(0).value());
  }

  private static boolean isPlain(Tree value) {
    return value instanceof LiteralTree
        || value instanceof NewArrayTree
        || (value instanceof NewClassTree made && made.getArguments().isEmpty());
  }

  private static List<String> tokens(Tree tree) {
    return new ArrayList<>(
        Arrays.stream(tree.toString().split("(?<=\\W)|(?=\\W)"))
            .map(String::strip)
            .filter(t -> !t.isEmpty() && !t.equals(";"))
            .toList());
  }

  /** Shared tokens, of the longer text's. */
  private static double alike(List<String> a, List<String> b) {
    List<String> rest = new ArrayList<>(b);
    long shared = a.stream().filter(rest::remove).count();
    return (double) shared / Math.max(1, Math.max(a.size(), b.size()));
  }

  /** The work is done over: what differs? */
  private void over(Piece was, Piece is, StatementTree counterpart) {
    if (counterpart.toString().equals(failing.toString())) {
      return;
    }
    calls(was, is);
    if (is.conversions.size() > was.conversions.size()) {
      found.add(HealBehavior.TYPE_CHANGE_AND_USE);
    }
    if (is.indexings.size() < was.indexings.size()) {
      found.add(HealBehavior.INDEXING_OMISSION);
    }
    if (is.conditions > was.conditions) {
      found.add(HealBehavior.CONDITIONAL_VALUE_CHANGE);
    }
    operators(was, is);
    boolean reshaped = !found.isEmpty();
    List<String> newNames = without(is.identifiers, was.identifiers);
    List<String> lostNames = without(was.identifiers, is.identifiers);
    if (!newNames.isEmpty() && !lostNames.isEmpty() && !reshaped) {
      found.add(HealBehavior.VARIABLE_CHANGE);
    } else if (!reshaped && !without(is.literals, was.literals).isEmpty()) {
      found.add(HealBehavior.VALUE_CHANGE);
    }
    if (found.isEmpty() && !lostNames.isEmpty()) {
      found.add(HealBehavior.CONTEXT_OMISSION);
    }
  }

  private void calls(Piece was, Piece is) {
    List<Piece.Call> lost = without(was.calls, is.calls);
    List<Piece.Call> gained = without(is.calls, was.calls);
    for (Piece.Call call : lost) {
      Optional<Piece.Call> instead =
          gained.stream()
              .filter(g -> g.receiver().equals(call.receiver()) && !g.receiver().isEmpty())
              .findFirst();
      if (instead.isPresent()) {
        gained.remove(instead.get());
        found.add(HealBehavior.API_REPLACEMENT);
      } else if (!gained.isEmpty() && gained.get(0).name().equals(call.name())) {
        // the same method of another object
        gained.remove(0);
        found.add(HealBehavior.VARIABLE_CHANGE);
      } else if (!gained.isEmpty()) {
        gained.remove(0);
        found.add(HealBehavior.FUNCTION_REPLACEMENT);
      } else if (is.conversions.size() <= was.conversions.size()) {
        found.add(HealBehavior.CALL_OMISSION);
      }
    }
    if (!gained.isEmpty()) {
      found.add(HealBehavior.FUNCTION_INVOCATION);
    }
    if (without(was.conversions, is.conversions).size()
        > without(is.conversions, was.conversions).size() + without(is.calls, was.calls).size()) {
      found.add(HealBehavior.CALL_OMISSION);
    }
  }

  private void operators(Piece was, Piece is) {
    List<String> lost = without(was.operators, is.operators);
    List<String> gained = without(is.operators, was.operators);
    if (!lost.isEmpty() && !gained.isEmpty()) {
      found.add(HealBehavior.OPERATOR_CHANGE);
    } else if (!lost.isEmpty()
        && !found.contains(HealBehavior.INDEXING_OMISSION)
        && !found.contains(HealBehavior.CALL_OMISSION)) {
      // an operand is gone
      found.add(HealBehavior.CONTEXT_OMISSION);
    } else if (!gained.isEmpty() && found.isEmpty() && is.conditions == was.conditions) {
      found.add(HealBehavior.OPERATOR_CHANGE);
    }
  }

  /** What the snippet changes beside the work. */
  private void state(Piece was, List<StatementTree> rest, Optional<StatementTree> counterpart) {
    Piece own = Piece.of(rest);
    String skipped = counterpart.map(Tree::toString).orElse(null);
    Set<String> declared =
        was.assignments.stream()
            .filter(Piece.Assignment::declares)
            .map(Piece.Assignment::target)
            .collect(Collectors.toSet());
    for (Piece.Assignment each : own.assignments) {
      if (skipped != null && isWithin(each, counterpart.get())) {
        continue;
      }
      if (each.conditional()) {
        found.add(HealBehavior.CONDITIONAL_VALUE_CHANGE);
      } else if (Piece.isConversion(each.value())) {
        found.add(HealBehavior.TYPE_CHANGE);
      } else if (each.declares()
          || declared.contains(each.target())
          || (isFresh(each.value())
              && was.assignments.stream().noneMatch(a -> a.target().equals(each.target())))) {
        found.add(HealBehavior.VARIABLE_INITIALIZATION);
      } else {
        found.add(HealBehavior.VALUE_CHANGE);
      }
    }
    if (own.definitions > 0) {
      found.add(HealBehavior.FUNCTION_DEFINITION);
    }
    List<Piece.Call> calls = without(own.calls, was.calls);
    counterpart.ifPresent(c -> Piece.of(c).calls.forEach(calls::remove));
    if (!calls.isEmpty()) {
      found.add(HealBehavior.FUNCTION_INVOCATION);
    }
    if (rest.stream().map(Tree::toString).anyMatch(new HashSet<>(context)::contains)) {
      found.add(HealBehavior.CONTEXT_DUPLICATION);
    }
  }

  private static boolean isWithin(Piece.Assignment assignment, StatementTree counterpart) {
    return Piece.of(counterpart).assignments.stream()
        .anyMatch(a -> a.value() == assignment.value());
  }

  private static boolean isFresh(Tree value) {
    return value instanceof NewClassTree || value instanceof NewArrayTree;
  }

  private void library(Piece was, Piece all, Optional<StatementTree> counterpart) {
    Set<String> news = new HashSet<>(all.libraries);
    news.removeAll(was.libraries);
    news.removeIf(n -> context.stream().anyMatch(c -> c.contains(n)));
    if (!news.isEmpty()) {
      boolean used =
          counterpart.isPresent()
              && Piece.of(counterpart.get()).libraries.stream().anyMatch(news::contains);
      found.add(used ? HealBehavior.LIBRARY_IMPORT_AND_USE : HealBehavior.LIBRARY_IMPORT);
    }
  }

  /** What the statement did and the snippet leaves out. */
  private void left(
      Piece was, Piece all, List<StatementTree> work, Optional<StatementTree> counterpart) {
    if (failing instanceof ReturnTree && all.returns == 0) {
      found.add(HealBehavior.RETURN_OMISSION);
    }
    if (counterpart.isPresent()) {
      return;
    }
    boolean bareCall =
        failing instanceof ExpressionStatementTree statement
            && statement.getExpression() instanceof MethodInvocationTree;
    if (bareCall
        && without(was.calls, all.calls).size() == was.calls.size()
        && all.calls.isEmpty()) {
      found.add(HealBehavior.CALL_OMISSION);
    }
    if (failing instanceof IfTree branch) {
      Set<String> inside = new HashSet<>();
      List<StatementTree> body = new ArrayList<>();
      flatten(branch.getThenStatement(), body);
      body.forEach(s -> inside.add(s.toString()));
      if (work.stream().map(Tree::toString).anyMatch(inside::contains)) {
        found.add(HealBehavior.CONTEXT_OMISSION);
      }
    }
  }

  private static <T> List<T> without(List<T> from, List<T> what) {
    List<T> rest = new ArrayList<>(from);
    what.forEach(rest::remove);
    return rest;
  }
}
