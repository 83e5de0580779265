package dev.fettle.templates.site;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.CapturedValue;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.contract.model.SourcePlace;
import dev.fettle.contract.model.Suspect;
import dev.fettle.contract.model.Variable;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.source.java.Focus;
import dev.fettle.source.java.JavaFile;
import dev.fettle.source.java.JavaProject;
import dev.fettle.source.java.MethodNode;
import dev.fettle.templates.code.Declarations;
import dev.fettle.templates.code.TypeName;
import dev.fettle.templates.conventions.Conventions;
import dev.fettle.templates.conventions.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A failure with everything a template may look at. Confined to the thread that made it. */
public final class TemplateInput {
  private static final int MOST_HOPS = 3;

  private final RepairCase repairCase;
  private final JavaProject project;
  private final Declarations declarations;
  private final Conventions conventions;
  private final Map<String, Optional<JavaFile>> files = new HashMap<>();
  private final List<Site> failed;

  public TemplateInput(
      RepairCase repairCase,
      JavaProject project,
      Declarations declarations,
      Conventions conventions) {
    this.repairCase = repairCase;
    this.project = project;
    this.declarations = declarations;
    this.conventions = conventions;
    this.failed = Site.failed(this);
  }

  public RepairCase repairCase() {
    return repairCase;
  }

  public FaultClass fault() {
    return repairCase.diagnosis().faultClass();
  }

  public Declarations declarations() {
    return declarations;
  }

  public Conventions conventions() {
    return conventions;
  }

  /** Where it threw; empty when the place is not in the sources. Several when a line is unclear. */
  public List<Site> failed() {
    return failed;
  }

  /** Places of the suspects with that role, most suspicious first. */
  public List<Site> suspects(Suspect.Role role) {
    return repairCase.diagnosis().suspects().stream()
        .filter(s -> s.role() == role)
        .flatMap(s -> Site.at(this, s.place()).stream())
        .toList();
  }

  /** Every place that diagnosis named, and where it threw; most suspicious first. */
  public List<Site> named() {
    List<Site> all = new ArrayList<>();
    repairCase.diagnosis().suspects().forEach(s -> all.addAll(Site.at(this, s.place())));
    all.addAll(failed);
    return all;
  }

  /** A file with every body typed; opened once. */
  public Optional<JavaFile> file(String path) {
    return files.computeIfAbsent(path, p -> project.file(p, Focus.everything()));
  }

  /** The application's frames, innermost first. */
  public List<CapturedFrame> frames() {
    return repairCase.incident().exception().root().applicationFrames();
  }

  /** What a local or parameter held in the innermost application frame. */
  public Optional<CapturedValue> seen(String variable) {
    return frames().stream().findFirst().flatMap(f -> f.local(variable)).map(Variable::value);
  }

  /** The message of the throwable, empty when it had none. */
  public String message() {
    String m = repairCase.incident().exception().root().message();
    return m == null ? "" : m;
  }

  /** The binary name of the throwable. */
  public String thrown() {
    return repairCase.incident().exception().root().type();
  }

  /**
   * A parameter of the method around a site as what the caller of the failing run handed in: a
   * property of a stored object, or of what a client sent. The subject itself where the frames do
   * not tell.
   */
  public Subject origin(Subject subject, Site site) {
    return origin(subject, site, 0);
  }

  private Subject origin(Subject subject, Site site, int hops) {
    Optional<Handed> handed =
        subject.source() == Subject.Source.PARAMETER && !subject.fromRequest() && hops < MOST_HOPS
            ? handed(subject.text(), site)
            : Optional.empty();
    if (handed.isEmpty()) {
      return subject;
    }
    Site caller = handed.get().site();
    Subject by = origin(Subject.of(handed.get().argument(), caller.scope()), caller, hops + 1);
    return by.fromRequest() || by.stored() ? subject.handed(by) : subject;
  }

  private record Handed(Site site, ExpressionTree argument) {}

  private Optional<Handed> handed(String parameter, Site site) {
    MethodTree method = site.scope().method();
    if (method == null) {
      return Optional.empty();
    }
    List<String> names = method.getParameters().stream().map(p -> p.getName().toString()).toList();
    int index = names.indexOf(parameter);
    String name = method.getName().toString();
    for (int i = 0; index >= 0 && i + 1 < frames().size(); i++) {
      if (frames().get(i).method().equals(name)
          && simple(frames().get(i).className()).equals(site.scope().className())) {
        return handed(frames().get(i + 1), name, names.size(), index);
      }
    }
    return Optional.empty();
  }

  private Optional<Handed> handed(CapturedFrame caller, String called, int arguments, int index) {
    Optional<JavaFile> file =
        declarations.type(simple(caller.className())).flatMap(d -> file(d.unit().path()));
    if (file.isEmpty()) {
      return Optional.empty();
    }
    return file.get().method(caller).stream()
        .flatMap(m -> file.get().statementsAt(m, caller.line()).stream())
        .flatMap(s -> new Finder(file.get()).expressions(s).stream())
        .filter(MethodInvocationTree.class::isInstance)
        .map(MethodInvocationTree.class::cast)
        .filter(c -> c.getArguments().size() == arguments)
        .filter(c -> c.getMethodSelect().toString().matches("(?s)(.*\\.)?" + called))
        .findFirst()
        .map(c -> new Handed(site(file.get(), c), c.getArguments().get(index)));
  }

  private static String simple(String className) {
    return className.replaceFirst("\\$\\$.*", "").replaceFirst(".*[.$]", "");
  }

  /** The file and declaration of the method that a call in {@code site} reaches. */
  public Optional<Callee> callee(MethodInvocationTree call, Site site) {
    int n = call.getArguments().size();
    TypeName receiver =
        call.getMethodSelect() instanceof MemberSelectTree s
            ? site.scope().typeOf(s.getExpression())
            : TypeName.of(site.scope().className());
    String name =
        call.getMethodSelect() instanceof MemberSelectTree s
            ? s.getIdentifier().toString()
            : call.getMethodSelect().toString();
    return declarations
        .method(receiver, name, n)
        .filter(f -> f.method().tree() != null)
        .flatMap(f -> callee(f.owner().unit().path(), f.owner().simple(), name, n));
  }

  private Optional<Callee> callee(String path, String owner, String name, int parameters) {
    return file(path)
        .flatMap(
            file ->
                file.methods().stream()
                    .filter(m -> m.name().equals(name) && m.tree() instanceof MethodTree)
                    .filter(m -> m.className().matches("(.*[.$])?" + owner))
                    .filter(m -> ((MethodTree) m.tree()).getParameters().size() == parameters)
                    .findFirst()
                    .map(m -> new Callee(file, m)));
  }

  /** A method of the code base. */
  public record Callee(JavaFile file, MethodNode method) {
    public MethodTree tree() {
      return (MethodTree) method.tree();
    }
  }

  /** The place where a tree of {@code file} stands, as a site of its own. */
  public Site site(JavaFile file, Tree tree) {
    return new Site(this, file, tree, tree instanceof ExpressionTree e ? e : null, null);
  }

  Optional<Tree> find(JavaFile file, SourcePlace place) {
    return new Finder(file).exact(place.start(), place.end());
  }
}
