package dev.fettle.source.locate;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What kind of bad value a slice looks for, and which library calls are known to make it. */
enum Wanted {
  NULL,
  IMMUTABLE,
  ANY;

  private static final Set<String> MAY_BE_NULL =
      Set.of(
          "get",
          "poll",
          "peek",
          "pollFirst",
          "pollLast",
          "peekFirst",
          "peekLast",
          "floorKey",
          "ceilingKey",
          "lowerKey",
          "higherKey",
          "floorEntry",
          "ceilingEntry",
          "lowerEntry",
          "higherEntry",
          "firstEntry",
          "lastEntry",
          "getProperty",
          "getenv",
          "getParameter",
          "getHeader",
          "getAttribute",
          "getString",
          "getObject",
          "getTimestamp",
          "getDate",
          "getBigDecimal",
          "readLine",
          "getResource",
          "getResourceAsStream",
          "getParent",
          "getFileName",
          "listFiles",
          "list",
          "group",
          "getCause",
          "getMessage",
          "find",
          "putIfAbsent",
          "remove",
          "getAnnotation",
          "getContentType",
          "getOriginalFilename",
          "getQueryString",
          "getSession",
          "getUserPrincipal",
          "computeIfPresent",
          "getIfPresent");

  private static final Set<String> IMMUTABLE_FACTORIES =
      Set.of(
          "List.of",
          "Set.of",
          "Map.of",
          "Map.ofEntries",
          "List.copyOf",
          "Set.copyOf",
          "Map.copyOf",
          "Arrays.asList",
          "Collections.emptyList",
          "Collections.emptySet",
          "Collections.emptyMap",
          "Collections.singletonList",
          "Collections.singleton",
          "Collections.singletonMap",
          "Collections.nCopies");

  /**
   * Whether a library call, or a literal, makes such a value.
   *
   * @return why, as the end of a sentence about the expression; empty when it is not known to
   */
  Optional<String> madeBy(ExpressionTree e) {
    if (e instanceof LiteralTree l) {
      return this == NULL && l.getKind() == Tree.Kind.NULL_LITERAL
          ? Optional.of("is null")
          : Optional.empty();
    }
    if (!(e instanceof MethodInvocationTree call)) {
      return Optional.empty();
    }
    String name = FailingExpressions.nameOf(call);
    ExpressionTree receiver = FailingExpressions.receiverOf(call);
    return switch (this) {
      case NULL -> mayBeNull(call, name, receiver);
      case IMMUTABLE -> immutable(call, name, receiver);
      case ANY -> Optional.empty();
    };
  }

  private static Optional<String> mayBeNull(
      MethodInvocationTree call, String name, @Nullable ExpressionTree receiver) {
    if (name.equals("orElse")
        && call.getArguments().size() == 1
        && call.getArguments().get(0).getKind() == Tree.Kind.NULL_LITERAL) {
      return Optional.of("is null when the Optional is empty");
    }
    if (receiver == null || !MAY_BE_NULL.contains(name)) {
      return Optional.empty();
    }
    return switch (name) {
      case "get" ->
          call.getArguments().size() == 1
              ? Optional.of("is null for a key that is not there")
              : Optional.empty();
      case "remove", "list", "find" ->
          call.getArguments().size() == 1 ? Optional.of("may be null") : Optional.empty();
      default -> Optional.of("may be null");
    };
  }

  private static Optional<String> immutable(
      MethodInvocationTree call, String name, @Nullable ExpressionTree receiver) {
    String factory =
        receiver == null ? name : FailingExpressions.simple(receiver.toString()) + "." + name;
    if (name.startsWith("unmodifiable") || IMMUTABLE_FACTORIES.contains(factory)) {
      return Optional.of(
          factory.equals("Arrays.asList")
              ? "makes a list of fixed size"
              : "makes a collection that cannot be changed");
    }
    boolean streamed =
        (name.equals("toList") && call.getArguments().isEmpty())
            || (name.equals("collect") && call.toString().contains("toUnmodifiable"));
    return streamed ? Optional.of("makes a collection that cannot be changed") : Optional.empty();
  }
}
