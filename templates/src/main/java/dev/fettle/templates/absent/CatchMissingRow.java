package dev.fettle.templates.absent;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.TypeCastTree;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.templates.code.TypeName;
import dev.fettle.templates.conventions.Situation;
import dev.fettle.templates.conventions.Subject;
import dev.fettle.templates.site.Catching;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.Site;
import dev.fettle.templates.site.TemplateInput;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Catches that a query for one row found none, and answers as for any other search. */
final class CatchMissingRow implements RepairTemplate {
  private static final Pattern THROWN =
      Pattern.compile(
          "org\\.springframework\\.dao\\.EmptyResultDataAccessException"
              + "|(jakarta|javax)\\.persistence\\.NoResultException");
  private static final Pattern QUERIES =
      Pattern.compile("queryFor[A-Z]\\w*|getSingleResult|single\\w*|deleteById");

  /** Statements, and what makes objects of rows. */
  private static final Pattern READS =
      Pattern.compile(
          "(?is)(.*\\W)?(\\w*(sql|query|jpql|hql)|class|(new )?\\w*(mapper|extractor)\\b.*)");

  /** {@code Map.of("id", id)}, {@code new MapSqlParameterSource().addValue("id", id)}. */
  private static final Pattern HOLDS = Pattern.compile("new |[A-Z]");

  private static final Pattern GIVES = Pattern.compile("setParameter|params?");

  @Override
  public Set<FaultClass> handles() {
    return Set.of(FaultClass.NO_SUCH_ELEMENT);
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    if (THROWN.matcher(input.thrown()).matches()) {
      for (Site site : input.failed()) {
        site.expressions().stream()
            .filter(CatchMissingRow::queries)
            .limit(1)
            .forEach(
                q ->
                    new Catching(site, q, input.thrown())
                        .treat(
                            all,
                            Situation.ABSENT,
                            subject((MethodInvocationTree) q, site),
                            "When there is no such row"));
      }
    }
    return all.stream();
  }

  private static boolean queries(ExpressionTree e) {
    return e instanceof MethodInvocationTree m
        && m.getMethodSelect() instanceof MemberSelectTree s
        && QUERIES.matcher(s.getIdentifier()).matches();
  }

  private static Subject subject(MethodInvocationTree query, Site site) {
    Subject plain = Subject.of(query, site.scope());
    ExpressionTree key = key(query).orElse(null);
    // a query without types is cast to what it gives
    TypeName type =
        site.parent(query) instanceof TypeCastTree cast
            ? TypeName.parse(cast.getType().toString())
            : plain.type();
    return new Subject(
        type,
        plain.text(),
        plain.name(),
        key == null ? plain.source() : Subject.Source.LOOKUP,
        plain.owner(),
        plain.member(),
        key,
        key == null ? null : site.source(key),
        false);
  }

  /** The first value that the query was given, its text and how rows are read left out. */
  private static Optional<ExpressionTree> key(MethodInvocationTree query) {
    Optional<ExpressionTree> first = value(query.getArguments());
    ExpressionTree e = query;
    while (first.isEmpty()
        && e instanceof MethodInvocationTree m
        && m.getMethodSelect() instanceof MemberSelectTree s) {
      if (GIVES.matcher(s.getIdentifier()).matches()) {
        first = value(m.getArguments());
      }
      e = s.getExpression();
    }
    return first;
  }

  private static Optional<ExpressionTree> value(List<? extends ExpressionTree> arguments) {
    return arguments.stream().flatMap(a -> value(a).stream()).findFirst();
  }

  private static Optional<ExpressionTree> value(ExpressionTree a) {
    String text = a.toString();
    if (READS.matcher(text).matches()) {
      return Optional.empty();
    }
    if (a instanceof NewArrayTree array && array.getInitializers() != null) {
      return value(array.getInitializers());
    }
    if (a instanceof NewClassTree made) {
      return value(made.getArguments());
    }
    if (a instanceof MethodInvocationTree call && HOLDS.matcher(text).lookingAt()) {
      return value(call.getArguments());
    }
    String name = text.substring(text.lastIndexOf('.') + 1);
    boolean plain =
        a instanceof IdentifierTree
            || a instanceof MemberSelectTree
            || a instanceof MethodInvocationTree;
    return plain && !name.equals(name.toUpperCase(Locale.ROOT)) ? Optional.of(a) : Optional.empty();
  }
}
