package dev.fettle.source.locate;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.FaultClass;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names the kind of fault from exception type, message, inner frames and the throwing statement.
 */
final class FaultClassifier {
  private static final Pattern EXHAUSTED =
      Pattern.compile(
          "(?is).*(connection is not available|timeout waiting for (?:idle object|connection)"
              + "|pool (?:is )?exhausted|cannot get a connection|too many open files"
              + "|unable to acquire jdbc connection|connection pool shut|no more (?:connections|handles)"
              + "|too many connections|timed? ?out waiting for .{0,40}(?:pool|connection)).*");

  private FaultClassifier() {}

  /** Whether any throwable of the chain says that a pool or the process ran out of something. */
  static boolean exhausted(CapturedException exception) {
    for (CapturedException e = exception; e != null; e = e.cause()) {
      String message = e.message();
      if (message != null && message.length() < 8000 && EXHAUSTED.matcher(message).matches()) {
        return true;
      }
    }
    return false;
  }

  static FaultClass classify(CapturedException e, @Nullable Site site) {
    String message = e.message() == null ? "" : e.message();
    String type = e.type();
    if (missingCase(type) || (site != null && thrownInPlaceOfACase(site))) {
      return FaultClass.MISSING_CASE;
    }
    return switch (type) {
      case "java.lang.NullPointerException" ->
          NullMessage.parse(message).filter(NullMessage::unboxing).isPresent()
              ? FaultClass.NULL_UNBOXING
              : FaultClass.NULL_DEREFERENCE;
      case "java.lang.ArrayIndexOutOfBoundsException",
          "java.lang.IndexOutOfBoundsException",
          "java.lang.StringIndexOutOfBoundsException" ->
          cutsText(e, site) ? FaultClass.SUBSTRING_OUT_OF_BOUNDS : FaultClass.INDEX_OUT_OF_BOUNDS;
      case "java.lang.NegativeArraySizeException" -> FaultClass.NEGATIVE_ARRAY_SIZE;
      case "java.lang.ClassCastException", "java.lang.ArrayStoreException" -> FaultClass.CLASS_CAST;
      case "java.lang.NumberFormatException" -> FaultClass.NUMBER_FORMAT;
      case "java.time.format.DateTimeParseException", "java.text.ParseException" ->
          FaultClass.DATE_FORMAT;
      case "java.lang.ArithmeticException" -> FaultClass.ARITHMETIC;
      case "java.util.ConcurrentModificationException" -> FaultClass.CONCURRENT_MODIFICATION;
      case "java.util.NoSuchElementException",
          "java.util.EmptyStackException",
          "java.util.InputMismatchException",
          "org.springframework.dao.EmptyResultDataAccessException",
          "jakarta.persistence.NoResultException",
          "javax.persistence.NoResultException" ->
          FaultClass.NO_SUCH_ELEMENT;
      case "java.lang.UnsupportedOperationException" -> FaultClass.UNSUPPORTED_OPERATION;
      case "java.lang.StackOverflowError" -> FaultClass.UNBOUNDED_RECURSION;
      case "java.lang.IllegalArgumentException", "java.security.InvalidParameterException" ->
          message.matches("Illegal (initial )?[cC]apacity: -\\d+")
              ? FaultClass.NEGATIVE_ARRAY_SIZE
              : FaultClass.ILLEGAL_ARGUMENT;
      case "java.time.DateTimeException" -> FaultClass.ILLEGAL_ARGUMENT;
      case "java.lang.IllegalStateException" -> FaultClass.ILLEGAL_STATE;
      default -> FaultClass.OTHER;
    };
  }

  private static boolean missingCase(String type) {
    return type.equals("java.lang.MatchException")
        || type.equals("java.lang.IncompatibleClassChangeError");
  }

  private static boolean cutsText(CapturedException e, @Nullable Site site) {
    CapturedFrame inner = site == null ? null : site.inner();
    String method =
        inner != null ? inner.method() : e.frames().isEmpty() ? "" : e.frames().get(0).method();
    return method.matches("substring|subSequence|delete|replace|checkBoundsBeginEnd")
        && !e.type().endsWith("ArrayIndexOutOfBoundsException");
  }

  /**
   * Whether the site's own {@code throw} stands for a case that nobody wrote: in a default branch,
   * or right after a switch.
   */
  static boolean thrownInPlaceOfACase(Site site) {
    return site.innermost() && switchAround(site).isPresent();
  }

  /** The switch whose missing case made the site throw. */
  static Optional<Tree> switchAround(Site site) {
    for (StatementTree s : site.statements()) {
      if (s instanceof ThrowTree) {
        return inDefault(site.file().path(s)).or(() -> afterSwitch(site.file().path(s)));
      }
    }
    return Optional.empty();
  }

  private static Optional<Tree> inDefault(TreePath at) {
    for (TreePath p = at; p != null; p = p.getParentPath()) {
      Tree leaf = p.getLeaf();
      if (leaf instanceof MethodTree
          || leaf instanceof ClassTree
          || leaf instanceof LambdaExpressionTree) {
        return Optional.empty();
      }
      if (leaf instanceof CaseTree c) {
        Tree parent = p.getParentPath().getLeaf();
        boolean isSwitch = parent instanceof SwitchTree || parent instanceof SwitchExpressionTree;
        return c.getExpressions().isEmpty() && isSwitch ? Optional.of(parent) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Optional<Tree> afterSwitch(TreePath at) {
    if (at.getParentPath().getLeaf() instanceof BlockTree b) {
      List<? extends StatementTree> statements = b.getStatements();
      int i = statements.indexOf(at.getLeaf());
      if (i > 0 && statements.get(i - 1) instanceof SwitchTree s) {
        return Optional.of(s);
      }
    }
    return Optional.empty();
  }
}
