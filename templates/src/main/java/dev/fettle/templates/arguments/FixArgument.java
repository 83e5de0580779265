package dev.fettle.templates.arguments;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.contract.model.Suspect;
import dev.fettle.templates.code.Declarations;
import dev.fettle.templates.code.Declared;
import dev.fettle.templates.code.Scope;
import dev.fettle.templates.code.TypeName;
import dev.fettle.templates.conventions.Nouns;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.Site;
import dev.fettle.templates.site.TemplateInput;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Passes the argument that the parameter's name asks for: swapped, another property or variable.
 */
final class FixArgument implements RepairTemplate {
  private static final String STARTS = "(?i)(from|start|begin|offset|first)(index)?";
  private static final String ENDS = "(?i)(to|end|until|till|last)(index|exclusive)?";
  private static final String LENGTHS = "(?i)(\\w*(size|length|count|limit)|len|max)";
  private static final double CLEARLY = 0.34;

  @Override
  public Set<FaultClass> handles() {
    return EnumSet.complementOf(
        EnumSet.of(FaultClass.UNBOUNDED_RECURSION, FaultClass.RESOURCE_LEAK));
  }

  private record Call(
      Site site,
      Tree tree,
      String owner,
      List<? extends ExpressionTree> arguments,
      List<Declared.Parameter> parameters) {}

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    Set<Tree> seen = new LinkedHashSet<>();
    List<Site> sites = new ArrayList<>(input.failed());
    sites.addAll(input.suspects(Suspect.Role.CALLER));
    sites.addAll(input.suspects(Suspect.Role.PRODUCER));
    for (Site site : sites.stream().limit(6).toList()) {
      for (Tree root : roots(site)) {
        calls(site, root).stream().filter(c -> seen.add(c.tree())).forEach(c -> fix(c, all));
      }
    }
    return all.stream();
  }

  /** The statement, and what set the locals it names. */
  private static List<Tree> roots(Site site) {
    List<Tree> roots = new ArrayList<>();
    site.statement().ifPresent(roots::add);
    site.expression().ifPresent(roots::add);
    for (ExpressionTree e : site.expressions()) {
      if (e instanceof IdentifierTree i) {
        site.scope()
            .name(i.getName().toString())
            .filter(n -> n.kind() == Scope.Name.Kind.LOCAL)
            .map(Scope.Name::tree)
            .map(v -> v.getInitializer())
            .ifPresent(roots::add);
      }
    }
    return roots;
  }

  private static List<Call> calls(Site site, Tree root) {
    List<Call> found = new ArrayList<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethodInvocation(MethodInvocationTree m, Void none) {
        call(site, m).ifPresent(found::add);
        return super.visitMethodInvocation(m, none);
      }

      @Override
      public Void visitNewClass(NewClassTree n, Void none) {
        site.input()
            .declarations()
            .type(TypeName.parse(n.getIdentifier().toString()))
            .flatMap(d -> d.method("<init>", n.getArguments().size()))
            .ifPresent(m -> found.add(new Call(site, n, "", n.getArguments(), m.parameters())));
        return super.visitNewClass(n, none);
      }

      @Override
      public Void visitBlock(com.sun.source.tree.BlockTree b, Void none) {
        return null;
      }
    }.scan(root, null);
    return found;
  }

  private static Optional<Call> call(Site site, MethodInvocationTree m) {
    int n = m.getArguments().size();
    if (n == 0) {
      return Optional.empty();
    }
    boolean qualified = m.getMethodSelect() instanceof MemberSelectTree;
    String name =
        qualified
            ? ((MemberSelectTree) m.getMethodSelect()).getIdentifier().toString()
            : m.getMethodSelect().toString();
    TypeName owner =
        qualified
            ? site.typeOf(((MemberSelectTree) m.getMethodSelect()).getExpression())
            : TypeName.of(site.scope().className());
    Optional<Declarations.Found> declared = site.input().declarations().method(owner, name, n);
    if (declared.isPresent()) {
      String thing = declared.get().returns().simple();
      String noun =
          declared.get().returns().optional() ? declared.get().returns().element().simple() : thing;
      return Optional.of(
          new Call(site, m, noun, m.getArguments(), declared.get().method().parameters()));
    }
    boolean keyed =
        owner.map() && name.matches("get|containsKey|getOrDefault|remove")
            || name.matches("findById|getReferenceById|getById|existsById");
    TypeName found =
        owner.map()
            ? owner.argument(1)
            : site.input().declarations().returns(owner, name, n).element();
    return keyed && site.input().declarations().type(found).isPresent()
        ? Optional.of(
            new Call(
                site,
                m,
                found.simple(),
                m.getArguments().subList(0, 1),
                List.of(
                    new Declared.Parameter(
                        "id", owner.map() ? owner.argument(0) : TypeName.UNKNOWN))))
        : Optional.empty();
  }

  private static void fix(Call c, Proposals all) {
    int n = Math.min(c.arguments().size(), c.parameters().size());
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        swap(c, i, j, all);
        window(c, i, j, all);
      }
      other(c, i, all);
    }
  }

  /** A start with a length, where a start with an end is wanted, and the other way round. */
  private static void window(Call c, int i, int j, Proposals all) {
    String start = c.parameters().get(i).name();
    String end = c.parameters().get(j).name();
    Site site = c.site();
    ExpressionTree from = c.arguments().get(i);
    ExpressionTree to = c.arguments().get(j);
    String given = called(to, site);
    if (!start.matches(STARTS)
        || given.isEmpty()
        || !site.typeOf(from).integral()
        || !site.typeOf(to).integral()) {
      return;
    }
    if (end.matches(ENDS) && given.matches(LENGTHS)) {
      all.add(
          site.edits().replace(to, site.source(from) + " + " + site.source(to)),
          "The parameter " + end + " is an end, not a length",
          0.93);
    } else if (end.matches(LENGTHS) && given.matches(ENDS)) {
      all.add(
          site.edits().replace(to, site.source(to) + " - " + site.source(from)),
          "The parameter " + end + " is a length, not an end",
          0.93);
    }
  }

  private static void swap(Call c, int i, int j, Proposals all) {
    ExpressionTree a = c.arguments().get(i);
    ExpressionTree b = c.arguments().get(j);
    Site site = c.site();
    if (!c.parameters().get(i).type().sameAs(c.parameters().get(j).type())) {
      return;
    }
    double now = near(c, i, called(a, site)) + near(c, j, called(b, site));
    double swapped = near(c, i, called(b, site)) + near(c, j, called(a, site));
    if (swapped > now + 2 * CLEARLY) {
      all.add(
          site.edits().replace(a, site.source(b)).replace(b, site.source(a)),
          "The arguments are passed in the order of the parameters",
          0.96);
    }
  }

  private static void other(Call c, int i, Proposals all) {
    Site site = c.site();
    ExpressionTree argument = c.arguments().get(i);
    String name = called(argument, site);
    if (name.isEmpty()) {
      return;
    }
    double now = near(c, i, name);
    TypeName wanted =
        c.parameters().get(i).type().known() ? c.parameters().get(i).type() : site.typeOf(argument);
    for (Option o : options(argument, wanted, site)) {
      double then = near(c, i, o.name());
      if (!o.text().equals(site.source(argument)) && then > now + CLEARLY && then > 0.6) {
        all.add(
            site.edits().replace(argument, o.text()),
            "The parameter "
                + wish(c, i)
                + " is given "
                + o.text()
                + " instead of "
                + site.source(argument),
            Math.min(0.95, 0.6 + 0.35 * (then - now)));
      }
    }
  }

  private record Option(String text, String name) {}

  private static List<Option> options(ExpressionTree argument, TypeName wanted, Site site) {
    List<Option> options = new ArrayList<>();
    ExpressionTree receiver = receiver(argument);
    if (receiver != null) {
      properties(site.source(receiver), site.typeOf(receiver), wanted, site, options);
    }
    for (Scope.Name n : site.scope().names()) {
      boolean usable = !(n.field() && site.scope().isStatic());
      if (usable && n.type().sameAs(wanted)) {
        options.add(new Option(n.name(), n.name()));
      } else if (usable && !n.field() && receiver == null) {
        properties(n.name(), n.type(), wanted, site, options);
      }
    }
    return options;
  }

  private static void properties(
      String receiver, TypeName type, TypeName wanted, Site site, List<Option> options) {
    site.input()
        .declarations()
        .type(type)
        .ifPresent(
            d ->
                d.methods().stream()
                    .filter(m -> m.parameters().isEmpty() && !m.name().equals("<init>"))
                    .filter(m -> m.returns().sameAs(wanted))
                    .forEach(
                        m ->
                            options.add(
                                new Option(
                                    receiver + "." + m.name() + "()",
                                    qualified(Nouns.property(m.name()), type)))));
  }

  private static @org.jspecify.annotations.Nullable ExpressionTree receiver(ExpressionTree e) {
    return e instanceof MethodInvocationTree m
            && m.getArguments().isEmpty()
            && m.getMethodSelect() instanceof MemberSelectTree s
        ? s.getExpression()
        : null;
  }

  /** What an argument is called; empty for what has no name. */
  private static String called(ExpressionTree e, Site site) {
    if (e instanceof IdentifierTree i) {
      return i.getName().toString();
    }
    ExpressionTree receiver = receiver(e);
    return receiver == null
        ? ""
        : qualified(
            Nouns.property(
                ((MemberSelectTree) ((MethodInvocationTree) e).getMethodSelect())
                    .getIdentifier()
                    .toString()),
            site.typeOf(receiver));
  }

  /** {@code orderId} for the id of an Order. */
  private static String qualified(String property, TypeName owner) {
    return property.equals("id") && owner.known()
        ? Character.toLowerCase(owner.simple().charAt(0)) + owner.simple().substring(1) + "Id"
        : property;
  }

  private static double near(Call c, int i, String name) {
    return name.isEmpty() ? 0 : Nouns.nearness(name, wish(c, i));
  }

  /** The parameter's name; {@code customerId} for the {@code id} that finds a Customer. */
  private static String wish(Call c, int i) {
    String name = c.parameters().get(i).name();
    return name.equals("id")
            && !c.owner().isEmpty()
            && c.site().input().declarations().type(c.owner()).isPresent()
        ? qualified(name, TypeName.of(c.owner()))
        : name;
  }
}
