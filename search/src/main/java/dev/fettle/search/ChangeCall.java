package dev.fettle.search;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Method and field names, and arguments: swapped, removed, added. */
final class ChangeCall implements Family {
  @Override
  public double least(OperatorPrior prior) {
    return Math.min(prior.cost("method.name"), prior.cost("arguments.swap"));
  }

  @Override
  public void propose(Site site, Draft draft) {
    if (site.tree() instanceof MethodInvocationTree call) {
      names(site, call, draft);
      arguments(site, call.getArguments(), draft);
      addArgument(site, call, draft);
    } else if (site.tree() instanceof NewClassTree made) {
      arguments(site, made.getArguments(), draft);
      constructors(site, made, draft);
    } else if (site.tree() instanceof MemberSelectTree select) {
      fields(site, select, draft);
    } else if (site.tree() instanceof ArrayAccessTree access
        && access.getExpression() instanceof ArrayAccessTree inner) {
      String a = site.text(inner.getIndex());
      String b = site.text(access.getIndex());
      draft.replace("index.swap", 0, site.text(inner.getExpression()) + "[" + b + "][" + a + "]");
    }
  }

  private static void names(Site site, MethodInvocationTree call, Draft draft) {
    ExecutableElement method = site.around().method(call).orElse(null);
    if (method == null || !(method.getEnclosingElement() instanceof TypeElement owner)) {
      return;
    }
    String name = method.getSimpleName().toString();
    int nameEnd =
        call.getMethodSelect() instanceof MemberSelectTree
                || call.getMethodSelect() instanceof IdentifierTree
            ? site.file().end(call.getMethodSelect())
            : -1;
    if (nameEnd < 0 || name.equals("<init>")) {
      return;
    }
    TypeElement receiver = owner;
    if (call.getMethodSelect() instanceof MemberSelectTree select
        && !method.getModifiers().contains(Modifier.STATIC)
        && site.file().typeOf(select.getExpression()).isPresent()
        && site.file().types().asElement(site.file().typeOf(select.getExpression()).get())
            instanceof TypeElement t) {
      receiver = t;
    }
    boolean alone = site.parent().getKind() == Tree.Kind.EXPRESSION_STATEMENT;
    Set<String> tried = new HashSet<>();
    for (Element member : site.file().members(receiver)) {
      if (member.getKind() != ElementKind.METHOD
          || !(member instanceof ExecutableElement other)
          || member.getModifiers().contains(Modifier.STATIC)
              != method.getModifiers().contains(Modifier.STATIC)
          || member.getModifiers().contains(Modifier.PRIVATE)
              && !owner.equals(other.getEnclosingElement())) {
        continue;
      }
      String otherName = other.getSimpleName().toString();
      boolean objects =
          String.valueOf(other.getEnclosingElement()).equals("java.lang.Object")
              || Set.of("wait", "notify", "notifyAll", "getClass", "hashCode").contains(otherName);
      boolean sameCount = other.getParameters().size() == call.getArguments().size();
      boolean returns =
          alone
              || site.around()
                  .fits(
                      site.file().types().erasure(other.getReturnType()),
                      site.file().types().erasure(method.getReturnType()))
              || other.getReturnType().getKind() == TypeKind.TYPEVAR
              || method.getReturnType().getKind() == TypeKind.TYPEVAR;
      if (!objects
          && !otherName.equals(name)
          && returns
          && sameCount
          && parametersFit(site, other, call)
          && tried.add(otherName)) {
        double extra = similar(name, otherName) ? 0 : 0.8;
        draft.span("method.name", extra, nameEnd - name.length(), nameEnd, otherName);
      } else if (!objects
          && !otherName.equals(name)
          && returns
          && other.getParameters().isEmpty()
          && tried.add(otherName + "()")) {
        draft.span(
            "method.nameAndArguments", 0.5, nameEnd - name.length(), site.end(), otherName + "()");
      }
    }
  }

  /** Says nothing about what a method is for: most of a class have it. */
  private static final Pattern VERB = Pattern.compile("^(get|set|is|has)(?=[A-Z])");

  private static boolean parametersFit(
      Site site, ExecutableElement method, MethodInvocationTree call) {
    List<? extends VariableElement> parameters = method.getParameters();
    for (int i = 0; i < parameters.size(); i++) {
      TypeMirror wanted = parameters.get(i).asType();
      TypeMirror given = site.file().typeOf(call.getArguments().get(i)).orElse(null);
      if (given != null
          && wanted.getKind() != TypeKind.TYPEVAR
          && given.getKind() != TypeKind.TYPEVAR
          && !site.file()
              .types()
              .isAssignable(
                  site.file().types().erasure(given), site.file().types().erasure(wanted))) {
        return false;
      }
    }
    return true;
  }

  private static boolean similar(String one, String other) {
    String a = VERB.matcher(one).replaceFirst("");
    String b = VERB.matcher(other).replaceFirst("");
    int common = 0;
    while (common < Math.min(a.length(), b.length()) && a.charAt(common) == b.charAt(common)) {
      common++;
    }
    return common >= 3
        || a.length() <= 4 && b.length() <= 4
        || a.endsWith(b.substring(Math.max(0, b.length() - 4)));
  }

  private static void arguments(Site site, List<? extends ExpressionTree> arguments, Draft draft) {
    for (int i = 0; i < arguments.size(); i++) {
      for (int j = i + 1; j < arguments.size(); j++) {
        ExpressionTree a = arguments.get(i);
        ExpressionTree b = arguments.get(j);
        TypeMirror ta = site.file().typeOf(a).orElse(null);
        TypeMirror tb = site.file().typeOf(b).orElse(null);
        boolean fit =
            ta == null || tb == null || site.around().fits(ta, tb) || site.around().fits(tb, ta);
        if (fit && !site.text(a).equals(site.text(b))) {
          draft.edits(
              "arguments.swap",
              0,
              List.of(
                  new Edit(site.file().start(a), site.file().end(a), site.text(b)),
                  new Edit(site.file().start(b), site.file().end(b), site.text(a))));
        }
      }
      int from =
          i == 0 ? site.file().start(arguments.get(0)) : site.file().end(arguments.get(i - 1));
      int to =
          i == 0 && arguments.size() > 1
              ? site.file().start(arguments.get(1))
              : site.file().end(arguments.get(i));
      draft.span("arguments.remove", 0, from, to, "");
    }
  }

  /** Where another method of the name takes one more. */
  private static void addArgument(Site site, MethodInvocationTree call, Draft draft) {
    ExecutableElement method = site.around().method(call).orElse(null);
    if (method == null || !(method.getEnclosingElement() instanceof TypeElement owner)) {
      return;
    }
    for (Element member : site.file().declared(owner)) {
      if (member instanceof ExecutableElement other
          && other.getSimpleName().equals(method.getSimpleName())
          && other.getParameters().size() == call.getArguments().size() + 1) {
        List<? extends VariableElement> parameters = other.getParameters();
        for (int at = 0; at < parameters.size(); at++) {
          addArgument(site, call.getArguments(), at, parameters.get(at).asType(), draft);
        }
      }
    }
  }

  private static void addArgument(
      Site site, List<? extends ExpressionTree> arguments, int at, TypeMirror type, Draft draft) {
    for (Surroundings.Expression e : site.around().expressions(site.path())) {
      if (e.size() <= 3 && site.around().fits(e.type(), type)) {
        double extra = 0.35 * (e.size() - 1);
        if (arguments.isEmpty()) {
          draft.insert("arguments.add", extra, site.end() - 1, e.text());
        } else if (at == arguments.size()) {
          draft.insert(
              "arguments.add",
              extra,
              site.file().end(arguments.get(arguments.size() - 1)),
              ", " + e.text());
        } else {
          draft.insert(
              "arguments.add", extra, site.file().start(arguments.get(at)), e.text() + ", ");
        }
      }
    }
  }

  private static void constructors(Site site, NewClassTree made, Draft draft) {
    if (made.getClassBody() != null
        || !(site.file().elementOf(made).map(Element::getEnclosingElement).orElse(null)
            instanceof TypeElement type)) {
      return;
    }
    for (Element member : site.file().declared(type)) {
      if (member.getKind() == ElementKind.CONSTRUCTOR
          && member instanceof ExecutableElement other
          && other.getParameters().size() == made.getArguments().size() + 1) {
        List<? extends VariableElement> parameters = new ArrayList<>(other.getParameters());
        for (int at = 0; at < parameters.size(); at++) {
          addArgument(site, made.getArguments(), at, parameters.get(at).asType(), draft);
        }
      }
    }
  }

  private static void fields(Site site, MemberSelectTree select, Draft draft) {
    Element element = site.file().elementOf(select).orElse(null);
    if (element == null || !element.getKind().isField()) {
      return;
    }
    String name = select.getIdentifier().toString();
    int end = site.end();
    if (element.getEnclosingElement() instanceof TypeElement owner) {
      for (Element member : site.file().declared(owner)) {
        if (member.getKind().isField()
            && !member.getSimpleName().contentEquals(name)
            && site.around().fits(member.asType(), element.asType())) {
          draft.span("field.name", 0, end - name.length(), end, member.getSimpleName().toString());
        }
      }
    }
    if (!site.file().source(select.getExpression()).matches("this|super")
        && site.file().typeOf(select.getExpression()).isPresent()
        && site.around().fits(site.file().typeOf(select.getExpression()).get(), element.asType())) {
      draft.replace("field.drop", 0, site.text(select.getExpression()));
      draft.insert("field.again", 0.5, end, "." + name);
    }
  }
}
