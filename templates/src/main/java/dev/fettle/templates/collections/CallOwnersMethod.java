package dev.fettle.templates.collections;

import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.templates.code.Declared;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.TemplateInput;
import java.util.Set;
import java.util.stream.Stream;

/** Changes an object's collection through the object: {@code order.addLine(x)}. */
final class CallOwnersMethod implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return Set.of(FaultClass.UNSUPPORTED_OPERATION);
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    input.failed().forEach(site -> Mutation.in(site).forEach(m -> call(m, input, all)));
    return all.stream();
  }

  private static void call(Mutation m, TemplateInput input, Proposals all) {
    if (!(m.target() instanceof MethodInvocationTree get)
        || !get.getArguments().isEmpty()
        || !(get.getMethodSelect() instanceof MemberSelectTree owner)
        || !(m.call().getMethodSelect() instanceof MemberSelectTree change)
        || m.call().getArguments().size() != 1) {
      return;
    }
    String verb = change.getIdentifier().toString();
    input
        .declarations()
        .type(m.site().typeOf(owner.getExpression()))
        .ifPresent(
            d ->
                d.methods().stream()
                    .filter(x -> x.name().startsWith(verb) && fits(d, x, m))
                    .forEach(
                        x ->
                            all.add(
                                m.site()
                                    .edits()
                                    .replace(
                                        m.call(),
                                        m.site().source(owner.getExpression())
                                            + "."
                                            + x.name()
                                            + "("
                                            + m.site().source(m.call().getArguments().get(0))
                                            + ")"),
                                "Lets " + d.simple() + "." + x.name() + " change what it owns",
                                0.92)));
  }

  private static boolean fits(Declared d, Declared.Method x, Mutation m) {
    return x.tree() != null
        && x.parameters().size() == 1
        && x.parameters().get(0).type().sameAs(m.site().typeOf(m.call().getArguments().get(0)))
        && d.unit().text(x.tree()).contains(".");
  }
}
