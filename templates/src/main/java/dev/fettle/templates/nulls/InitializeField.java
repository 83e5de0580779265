package dev.fettle.templates.nulls;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.source.java.Edits;
import dev.fettle.source.java.JavaFile;
import dev.fettle.templates.code.Declared;
import dev.fettle.templates.code.TypeName;
import dev.fettle.templates.conventions.Nouns;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.TemplateInput;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Starts a collection field empty instead of null. */
final class InitializeField implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return Set.of(FaultClass.NULL_DEREFERENCE);
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    NullSite.of(input).forEach(n -> initialize(n, input, all));
    return all.stream();
  }

  private record Member(String owner, String field) {}

  private static void initialize(NullSite n, TemplateInput input, Proposals all) {
    Optional<Member> member = member(n, n.missing());
    Optional<Declared> owner = member.flatMap(m -> input.declarations().type(m.owner()));
    if (owner.isEmpty() || owner.get().tree().getKind() != Tree.Kind.CLASS) {
      return;
    }
    Optional<JavaFile> file = input.file(owner.get().unit().path());
    Optional<VariableTree> field = file.flatMap(f -> field(f, member.get()));
    if (field.isEmpty()) {
      return;
    }
    TypeName type = TypeName.parse(field.get().getType().toString());
    Optional<String> empty = empty(type);
    if (empty.isEmpty()) {
      return;
    }
    Edits edits = Edits.in(file.get());
    String created = edits.type(empty.get());
    int end = file.get().end(field.get()) - 1;
    boolean assigned = assigned(owner.get(), member.get().field());
    all.add(
        edits.replace(end, end, " = new " + created + "<>()"),
        "The field " + member.get().field() + " starts empty, so that it is never null",
        assigned ? 0.4 : n.missing() instanceof IdentifierTree ? 0.8 : 0.66);
  }

  private static Optional<Member> member(NullSite n, ExpressionTree missing) {
    if (missing instanceof IdentifierTree i) {
      return n.site()
          .scope()
          .name(i.getName().toString())
          .filter(x -> x.field() && x.tree() != null)
          .map(x -> new Member(n.site().scope().className(), x.name()));
    }
    if (missing instanceof MethodInvocationTree m && m.getArguments().isEmpty()) {
      return m.getMethodSelect() instanceof MemberSelectTree s
          ? Optional.of(
              new Member(
                  n.site().typeOf(s.getExpression()).simple(),
                  Nouns.property(s.getIdentifier().toString())))
          : Optional.of(
              new Member(
                  n.site().scope().className(), Nouns.property(m.getMethodSelect().toString())));
    }
    return missing instanceof MemberSelectTree s
        ? Optional.of(
            new Member(n.site().typeOf(s.getExpression()).simple(), s.getIdentifier().toString()))
        : Optional.empty();
  }

  private static Optional<VariableTree> field(JavaFile file, Member member) {
    for (Tree t : file.unit().getTypeDecls()) {
      if (t instanceof ClassTree c && c.getSimpleName().contentEquals(member.owner())) {
        return c.getMembers().stream()
            .filter(VariableTree.class::isInstance)
            .map(VariableTree.class::cast)
            .filter(v -> v.getName().contentEquals(member.field()))
            .filter(v -> v.getInitializer() == null && file.written(v))
            .filter(v -> !v.getModifiers().getFlags().contains(Modifier.FINAL))
            .findFirst();
      }
    }
    return Optional.empty();
  }

  private static boolean assigned(Declared owner, String field) {
    String text = owner.unit().text(owner.tree());
    return Pattern.compile("\\b" + field + "\\s*=[^=]").matcher(text).results().count() > 1;
  }

  private static Optional<String> empty(TypeName type) {
    return switch (type.simple()) {
      case "List", "Collection", "Iterable", "ArrayList" -> Optional.of("java.util.ArrayList");
      case "Set", "HashSet" -> Optional.of("java.util.HashSet");
      case "Map", "HashMap" -> Optional.of("java.util.HashMap");
      case "Deque", "Queue", "ArrayDeque" -> Optional.of("java.util.ArrayDeque");
      default -> Optional.empty();
    };
  }
}
