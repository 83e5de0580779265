package dev.fettle.templates.conventions;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.TypeCastTree;
import dev.fettle.templates.code.Declared;
import dev.fettle.templates.code.Scope;
import dev.fettle.templates.code.TypeName;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The value a situation is about, and where it came from.
 *
 * @param text its source
 * @param name what it is called: variable, property or noun of its type
 * @param owner simple type it was asked of; empty when it was not asked of anything
 * @param member method or field it was asked by; empty likewise
 * @param key the argument it was looked up with; null when there was none
 */
public record Subject(
    TypeName type,
    String text,
    String name,
    Source source,
    String owner,
    String member,
    @Nullable ExpressionTree key,
    @Nullable String keyText,
    boolean fromRequest) {

  /** Where a value came from. */
  public enum Source {
    /** A call or map access with an argument. */
    LOOKUP,
    /** A property of another object. */
    PROPERTY,
    PARAMETER,
    FIELD,
    OTHER
  }

  private static final Pattern REQUEST =
      Pattern.compile(".*(Request|Dto|DTO|Command|Form|Payload|Input|Body|Submission)$");
  private static final Pattern WORD = Pattern.compile("[a-z]\\w{1,40}");
  private static final Pattern ID = Pattern.compile("(?:\\bid|Id|[uU]uid|UUID)\\b");
  private static final Set<String> COPIES =
      Set.of("ArrayList", "LinkedList", "ArrayDeque", "HashSet", "LinkedHashSet", "TreeSet");
  private static final Set<String> UNWRAPS = Set.of("get", "orElse", "orElseThrow", "orElseGet");

  /** Describes an expression seen in {@code scope}. */
  public static Subject of(ExpressionTree expression, Scope scope) {
    ExpressionTree e = bare(expression);
    ExpressionTree origin = origin(e, scope);
    TypeName type = scope.typeOf(e);
    String text = scope.unit().text(e);
    if (origin instanceof MethodInvocationTree call) {
      return ofCall(type, text, e, call, scope);
    }
    if (origin instanceof MemberSelectTree s) {
      String member = s.getIdentifier().toString();
      return new Subject(
          type,
          text,
          nameOf(e, member),
          Source.PROPERTY,
          scope.typeOf(s.getExpression()).simple(),
          member,
          null,
          null,
          requested(s.getExpression(), scope));
    }
    if (origin instanceof ArrayAccessTree a) {
      return new Subject(
          type,
          text,
          nameOf(e, text),
          Source.LOOKUP,
          scope.typeOf(a.getExpression()).simple(),
          "[]",
          a.getIndex(),
          scope.unit().text(a.getIndex()),
          false);
    }
    Optional<Searched> searched =
        e instanceof IdentifierTree i ? searched(i, type, scope) : Optional.empty();
    if (searched.isPresent()) {
      Searched found = searched.get();
      return new Subject(
          type,
          text,
          e.toString(),
          Source.LOOKUP,
          found.owner(),
          found.member(),
          found.key(),
          found.key() == null ? null : scope.unit().text(found.key()),
          false);
    }
    if (origin instanceof IdentifierTree i) {
      String name = i.getName().toString();
      Scope.Name.Kind kind = scope.name(name).map(Scope.Name::kind).orElse(Scope.Name.Kind.LOCAL);
      Source source =
          switch (kind) {
            case PARAMETER -> Source.PARAMETER;
            case FIELD -> Source.FIELD;
            default -> Source.OTHER;
          };
      return new Subject(type, text, name, source, "", "", null, null, requested(origin, scope));
    }
    return new Subject(type, text, nameOf(e, ""), Source.OTHER, "", "", null, null, false);
  }

  /** The search by hand that a variable of a declared type is the result of. */
  private static Optional<Searched> searched(IdentifierTree name, TypeName type, Scope scope) {
    boolean thing = scope.declarations().type(type).filter(d -> !d.isEnum()).isPresent();
    return thing ? Searched.of(name, scope) : Optional.empty();
  }

  private static Subject ofCall(
      TypeName type, String text, ExpressionTree e, MethodInvocationTree call, Scope scope) {
    boolean qualified = call.getMethodSelect() instanceof MemberSelectTree;
    ExpressionTree receiver =
        qualified ? ((MemberSelectTree) call.getMethodSelect()).getExpression() : null;
    String member =
        qualified
            ? ((MemberSelectTree) call.getMethodSelect()).getIdentifier().toString()
            : call.getMethodSelect().toString();
    String owner = receiver == null ? scope.className() : scope.typeOf(receiver).simple();
    ExpressionTree key = call.getArguments().isEmpty() ? null : call.getArguments().get(0);
    // what is asked with a whole object of the code base is a property of it, not a search by id
    boolean lookup =
        key != null
            && scope.declarations().type(scope.typeOf(key)).filter(d -> !d.isEnum()).isEmpty();
    return new Subject(
        type,
        text,
        nameOf(e, named(key, lookup, type).orElseGet(() -> Nouns.property(member))),
        lookup ? Source.LOOKUP : Source.PROPERTY,
        owner,
        member,
        key,
        key == null ? null : scope.unit().text(key),
        receiver != null && key == null && requested(receiver, scope));
  }

  /** What is asked for by a name that stands there, else by its type. */
  private static Optional<String> named(
      @Nullable ExpressionTree key, boolean lookup, TypeName type) {
    if (key instanceof LiteralTree l
        && l.getValue() instanceof String name
        && WORD.matcher(name).matches()) {
      return Optional.of(name);
    }
    return lookup && type.known() ? Optional.of(Nouns.ofType(type.simple())) : Optional.empty();
  }

  /** What the thing is, as a noun: its type where the code base declares it, else its name. */
  public String noun(Scope scope) {
    TypeName t = type.optional() ? type.element() : type;
    boolean declared = scope.declarations().type(t).filter(d -> !d.isEnum()).isPresent();
    return declared ? Nouns.ofType(t.simple()) : Nouns.property(name);
  }

  /**
   * Whether a client could ask for it, so that it is "not found" rather than wrongly named: a type
   * of the code base, whatever is known by an id, or by a part of a request's path. A rate by
   * country is neither.
   */
  public boolean thing(Scope scope) {
    TypeName t = type.optional() ? type.element() : type;
    boolean byId = keyText != null && ID.matcher(keyText).find();
    return byId
        || !t.known()
        || scope.fromPath(key)
        || scope.declarations().type(t).filter(d -> !d.isEnum()).isPresent();
  }

  /** Whether it is what an object holds that no client sent. */
  public boolean stored() {
    return source == Source.PROPERTY && !fromRequest;
  }

  /** The same value, by what the caller handed in for it. */
  public Subject handed(Subject by) {
    boolean property = by.source() == Source.PROPERTY;
    return new Subject(
        type,
        text,
        name,
        property ? Source.PROPERTY : source,
        property ? by.owner() : owner,
        property ? by.member() : member,
        key,
        keyText,
        by.fromRequest());
  }

  /** A question whether a map has a key, as the question for its value. */
  Subject asValue(TypeName valueType) {
    return new Subject(valueType, text, name, source, owner, "get", key, keyText, fromRequest);
  }

  /** Whether both were asked of the same kind of thing in the same way. */
  boolean sameOrigin(Subject other) {
    return !member.isEmpty()
        && member.equals(other.member)
        && !owner.equals("?")
        && owner.equals(other.owner);
  }

  /** The text that {@code parts} was split from; {@code parts} itself where it was not. */
  public static ExpressionTree splitOf(ExpressionTree parts, Scope scope) {
    return origin(parts, scope) instanceof MethodInvocationTree m
            && m.getMethodSelect() instanceof MemberSelectTree s
            && s.getIdentifier().contentEquals("split")
        ? s.getExpression()
        : parts;
  }

  private static String nameOf(ExpressionTree e, String otherwise) {
    return e instanceof IdentifierTree i ? i.getName().toString() : otherwise;
  }

  static ExpressionTree bare(ExpressionTree e) {
    ExpressionTree x = e;
    while (true) {
      if (x instanceof ParenthesizedTree p) {
        x = p.getExpression();
      } else if (x instanceof TypeCastTree c) {
        x = c.getExpression();
      } else {
        return x;
      }
    }
  }

  /** Follows locals to their initializer, Optionals and copies to what gave them. */
  static ExpressionTree origin(ExpressionTree expression, Scope scope) {
    ExpressionTree e = bare(expression);
    for (int hop = 0; hop < 4; hop++) {
      ExpressionTree next = e;
      if (e instanceof IdentifierTree i) {
        Optional<ExpressionTree> initializer =
            scope
                .name(i.getName().toString())
                .filter(n -> n.kind() == Scope.Name.Kind.LOCAL)
                .map(Scope.Name::tree)
                .map(v -> v.getInitializer());
        next = initializer.map(Subject::bare).orElse(e);
      } else if (e instanceof MethodInvocationTree m
          && m.getMethodSelect() instanceof MemberSelectTree s
          && UNWRAPS.contains(s.getIdentifier().toString())
          && bare(s.getExpression()) instanceof MethodInvocationTree inner
          && !scope.typeOf(s.getExpression()).map()) {
        next = inner;
      } else if (e instanceof MethodInvocationTree m
          && m.getMethodSelect().toString().matches("Optional\\.ofNullable|(List|Set)\\.copyOf")
          && m.getArguments().size() == 1) {
        next = bare(m.getArguments().get(0));
      } else if (e instanceof NewClassTree copy
          && COPIES.contains(TypeName.parse(copy.getIdentifier().toString()).simple())
          && copy.getArguments().size() == 1
          && copy.getClassBody() == null
          && !scope.typeOf(copy.getArguments().get(0)).numeric()) {
        next = bare(copy.getArguments().get(0));
      }
      if (next == e || (next instanceof IdentifierTree && hop > 2)) {
        return e;
      }
      e = next;
    }
    return e;
  }

  /** Whether the object an expression starts from was sent by a client. */
  private static boolean requested(ExpressionTree e, Scope scope) {
    ExpressionTree root = bare(e);
    while (true) {
      TypeName type = scope.typeOf(root);
      if (requestType(type.simple(), scope)) {
        return true;
      }
      if (root instanceof MethodInvocationTree m
          && m.getMethodSelect() instanceof MemberSelectTree s
          && m.getArguments().isEmpty()) {
        root = bare(s.getExpression());
      } else if (root instanceof MemberSelectTree s) {
        root = bare(s.getExpression());
      } else if (root instanceof IdentifierTree i) {
        Optional<Scope.Name> name = scope.name(i.getName().toString());
        if (name.isPresent()
            && name.get().tree() != null
            && name.get().tree().getModifiers().getAnnotations().stream()
                .map(a -> a.getAnnotationType().toString())
                .anyMatch(a -> a.endsWith("RequestParam") || a.endsWith("RequestHeader"))) {
          return true;
        }
        return false;
      } else {
        return false;
      }
    }
  }

  /** Whether a type carries what a client sent: by name, or because a controller takes it so. */
  private static boolean requestType(String simple, Scope scope) {
    if (simple.equals("?") || simple.isEmpty()) {
      return false;
    }
    Optional<Declared> type = scope.declarations().type(simple);
    return type.isPresent()
        && (REQUEST.matcher(simple).matches() && !simple.endsWith("ResponseBody")
            || scope.declarations().requestBodies().contains(simple));
  }
}
