package dev.fettle.templates.recursion;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.templates.code.Scope;
import dev.fettle.templates.conventions.Nouns;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.Site;
import dev.fettle.templates.site.TemplateInput;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Makes an accessor that asks itself give its field. */
final class ReadFieldInsteadOfSelf implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return Set.of(FaultClass.UNBOUNDED_RECURSION);
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    for (Site site : input.named()) {
      Optional<MethodTree> method = site.method();
      if (method.isPresent()
          && method.get().getParameters().isEmpty()
          && method.get().getBody() != null) {
        read(site, method.get(), all);
      }
    }
    return all.stream();
  }

  private static void read(Site site, MethodTree method, Proposals all) {
    List<? extends StatementTree> body = method.getBody().getStatements();
    String name = method.getName().toString();
    if (body.size() != 1
        || !(body.get(0) instanceof ReturnTree r)
        || !(r.getExpression() instanceof MethodInvocationTree call)
        || !call.getArguments().isEmpty()
        || !call.getMethodSelect().toString().matches("(this\\.)?" + name)) {
      return;
    }
    ExpressionTree self = call;
    Optional<Scope.Name> field =
        site.scope().names().stream()
            .filter(Scope.Name::field)
            .filter(f -> f.name().equals(Nouns.property(name)))
            .findFirst();
    field.ifPresent(
        f ->
            all.add(
                site.edits().replace(self, f.name()),
                name + " gives its field instead of asking itself",
                0.95));
  }
}
