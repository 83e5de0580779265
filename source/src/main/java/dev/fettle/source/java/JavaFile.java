package dev.fettle.source.java;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.SourcePlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/**
 * A source file, parsed and attributed against the class files of its build. Offsets and lines are
 * those of {@link #text}: take them from {@link #start}, {@link #end} and {@link #line}, never from
 * {@link Trees#getSourcePositions}, which count generated members too. Errors of attribution are
 * tolerated; what cannot be typed has no type. Confined to the thread that opened it.
 */
public final class JavaFile {
  private static final List<String> OPTIONS =
      List.of("-proc:none", "-implicit:none", "-Xlint:none", "-nowarn", "-XDide");

  private final JavaProject project;
  private final String path;
  private final String text;
  private final Reshaped reshaped;
  private final JavacTask task;
  private final CompilationUnitTree unit;
  private final Trees trees;
  private final LineIndex lines;
  private final List<String> errors;
  private final Outline outline;

  private JavaFile(
      JavaProject project,
      String path,
      String text,
      Reshaped reshaped,
      JavacTask task,
      CompilationUnitTree unit,
      List<String> errors) {
    this.project = project;
    this.path = path;
    this.text = text;
    this.reshaped = reshaped;
    this.task = task;
    this.unit = unit;
    this.trees = Trees.instance(task);
    this.lines = new LineIndex(text);
    this.errors = errors;
    this.outline = new Outline(this);
  }

  /** Opens files together, which is cheaper than one by one; what cannot be parsed is left out. */
  static Map<String, JavaFile> open(
      JavaProject project, Map<String, Draft> drafts, CompiledClasses classes) {
    Map<String, Reshaped> reshaped = new LinkedHashMap<>();
    Map<String, List<String>> errors = new HashMap<>();
    drafts.forEach(
        (path, draft) ->
            Syntax.parse(path, draft.text(), classes)
                .ifPresent(
                    parsed -> {
                      errors.put(path, new ArrayList<>(parsed.errors()));
                      reshaped.put(
                          path,
                          Reshaped.of(
                              draft.text(), parsed, draft.focus(), new GeneratedMembers(classes)));
                    }));
    if (reshaped.isEmpty()) {
      return Map.of();
    }
    Map<JavaFileObject, String> paths = new LinkedHashMap<>();
    reshaped.forEach((path, text) -> paths.put(new MemorySource(path, text.text()), path));
    try {
      JavacTask task =
          (JavacTask)
              CompiledClasses.compiler()
                  .getTask(
                      Writer.nullWriter(),
                      classes,
                      d -> collect(d, paths, reshaped, errors),
                      OPTIONS,
                      null,
                      paths.keySet());
      List<CompilationUnitTree> units = new ArrayList<>();
      task.parse().forEach(units::add);
      attribute(task, errors);
      Map<String, JavaFile> files = new LinkedHashMap<>();
      int at = 0;
      for (String path : paths.values()) {
        files.put(
            path,
            new JavaFile(
                project,
                path,
                Objects.requireNonNull(drafts.get(path)).text(),
                Objects.requireNonNull(reshaped.get(path)),
                task,
                units.get(at++),
                Objects.requireNonNull(errors.get(path))));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalStateException | StackOverflowError e) {
      return Map.of();
    }
  }

  /** A text to open and what of it to keep. */
  record Draft(String text, Focus focus) {}

  /** Parses only: trees, offsets and lines, but no types and no descriptors. */
  static Optional<JavaFile> parsed(
      JavaProject project, String path, String text, CompiledClasses classes) {
    return Syntax.parse(path, text, classes)
        .map(
            p ->
                new JavaFile(
                    project, path, text, Reshaped.none(text), p.task(), p.unit(), p.errors()));
  }

  private static void collect(
      Diagnostic<? extends JavaFileObject> d,
      Map<JavaFileObject, String> paths,
      Map<String, Reshaped> reshaped,
      Map<String, List<String>> errors) {
    String path = d.getSource() == null ? null : paths.get(d.getSource());
    Reshaped text = path == null ? null : reshaped.get(path);
    List<String> found = path == null ? null : errors.get(path);
    if (text == null || found == null || d.getKind() != Diagnostic.Kind.ERROR) {
      return;
    }
    boolean ours = d.getPosition() >= 0 && text.inserted((int) d.getPosition());
    if (!ours && found.size() < 20) {
      found.add(d.getLineNumber() + ": " + d.getMessage(Locale.ROOT));
    }
  }

  /** What javac could not attribute for a fault of its own or a broken class file stays untyped. */
  private static void attribute(JavacTask task, Map<String, List<String>> errors)
      throws IOException {
    try {
      task.analyze();
    } catch (IllegalStateException | StackOverflowError e) {
      errors.values().forEach(l -> l.add("1: attribution ended early: " + e.getMessage()));
    }
  }

  /** The project it belongs to. */
  public JavaProject project() {
    return project;
  }

  /** Relative to the tree's root. */
  public String path() {
    return path;
  }

  /** The text as it stands in the tree. */
  public String text() {
    return text;
  }

  /** The root of the trees. */
  public CompilationUnitTree unit() {
    return unit;
  }

  public Trees trees() {
    return trees;
  }

  public Types types() {
    return task.getTypes();
  }

  public Elements elements() {
    return task.getElements();
  }

  /** What the compiler refused, {@code line: message} each, at most 20. */
  public List<String> errors() {
    return List.copyOf(errors);
  }

  /** Offset of a tree's first character; -1 for trees without text. */
  public int start(Tree tree) {
    long at = trees.getSourcePositions().getStartPosition(unit, tree);
    return at < 0 ? -1 : reshaped.original((int) at);
  }

  /** Offset after a tree's last character; -1 for trees without text. */
  public int end(Tree tree) {
    long at = trees.getSourcePositions().getEndPosition(unit, tree);
    return at < 0 ? -1 : reshaped.original((int) at);
  }

  /** A tree's text; empty for trees without. */
  public String source(Tree tree) {
    int start = start(tree);
    int end = end(tree);
    return start < 0 || end < start ? "" : text.substring(start, end);
  }

  /** Whether a tree is in the source, not added by the compiler or by a generator. */
  public boolean written(Tree tree) {
    long at = trees.getSourcePositions().getStartPosition(unit, tree);
    return at >= 0 && end(tree) >= 0 && !reshaped.inserted((int) at);
  }

  /** 1-based line of an offset. */
  public int lineOf(int offset) {
    return lines.lineOf(offset);
  }

  /** 1-based line of a tree's first character; -1 for trees without text. */
  public int line(Tree tree) {
    int start = start(tree);
    return start < 0 ? -1 : lineOf(start);
  }

  /** 1-based line of a tree's last character; -1 for trees without text. */
  public int lastLine(Tree tree) {
    int end = end(tree);
    return end < 0 ? -1 : lineOf(Math.max(0, end - 1));
  }

  /** Offset of a line's first character. */
  public int lineStart(int line) {
    return lines.start(line);
  }

  /** White space at the start of the line that holds an offset. */
  public String indentation(int offset) {
    int start = lines.start(lineOf(offset));
    int end = start;
    while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
      end++;
    }
    return text.substring(start, end);
  }

  /** The path from the unit to a tree of it. */
  public TreePath path(Tree tree) {
    return outline.path(tree);
  }

  /**
   * Every method, lambda and initializer in source order, nested and anonymous classes included.
   */
  public List<MethodNode> methods() {
    return outline.methods();
  }

  /** The code that a frame was running, lambdas included. */
  public Optional<MethodNode> method(CapturedFrame frame) {
    return method(frame.className(), frame.method(), frame.descriptor(), frame.line());
  }

  /**
   * A method by its JVM name.
   *
   * @param className binary name; generated suffixes are ignored
   * @param name {@code <init>}, {@code <clinit>}, {@code lambda$place$0} or a method's name
   * @param descriptor decides between overloads; empty when unknown
   * @param line decides between lambdas, anonymous classes and overloads; -1 when unknown
   */
  public Optional<MethodNode> method(String className, String name, String descriptor, int line) {
    return outline.method(className, name, descriptor, line);
  }

  /** The innermost method, lambda or initializer around a tree. */
  public Optional<MethodNode> methodAround(Tree tree) {
    return outline.methodAround(path(tree));
  }

  /**
   * The innermost statements that run on a line, in source order. A statement with a body, such as
   * a loop, counts when its header is on the line. Lambdas are left out unless {@code method} is
   * one; an expression lambda has no statements.
   */
  public List<StatementTree> statementsAt(MethodNode method, int line) {
    return new LineStatements(this, line).of(method);
  }

  /**
   * The innermost statement around a tree that other statements can be put before: one of a block
   * or a case, or the body of an if or loop. Empty in field initializers and expression lambdas.
   */
  public Optional<StatementTree> statementAround(Tree tree) {
    for (TreePath p = path(tree); p.getParentPath() != null; p = p.getParentPath()) {
      Tree parent = p.getParentPath().getLeaf();
      if (parent instanceof ClassTree || p.getLeaf() instanceof LambdaExpressionTree) {
        return Optional.empty();
      }
      boolean stands =
          parent instanceof BlockTree
              || parent instanceof CaseTree
              || parent instanceof IfTree
              || parent instanceof WhileLoopTree
              || parent instanceof DoWhileLoopTree
              || (parent instanceof ForLoopTree f && f.getStatement() == p.getLeaf())
              || (parent instanceof EnhancedForLoopTree e && e.getStatement() == p.getLeaf());
      if (p.getLeaf() instanceof StatementTree s && !(s instanceof BlockTree) && stands) {
        return Optional.of(s);
      }
    }
    return Optional.empty();
  }

  /** The type of an expression; empty when it could not be attributed. */
  public Optional<TypeMirror> typeOf(ExpressionTree expression) {
    TypeMirror type = trees.getTypeMirror(path(expression));
    return type == null || type.getKind() == TypeKind.ERROR || type.getKind() == TypeKind.OTHER
        ? Optional.empty()
        : Optional.of(type);
  }

  /** What a name, member select, call or declaration refers to. */
  public Optional<Element> elementOf(Tree tree) {
    Element element = trees.getElement(path(tree));
    return element == null || element.asType().getKind() == TypeKind.ERROR
        ? Optional.empty()
        : Optional.of(element);
  }

  /** The declared result type of a method; empty for lambdas, initializers and constructors. */
  public Optional<TypeMirror> returnType(MethodNode method) {
    return elementOf(method.tree())
        .filter(ExecutableElement.class::isInstance)
        .map(e -> ((ExecutableElement) e).getReturnType())
        .filter(t -> !method.name().equals("<init>"));
  }

  /** Variables that code at {@code at} can name, innermost first, shadowed ones left out. */
  public List<VisibleVariable> visibleVariables(TreePath at) {
    return new VariableScope(this).at(at);
  }

  /** What a type declares itself; nothing for one that the compiler could not find. */
  public List<Element> declared(TypeElement type) {
    return type.asType().getKind() == TypeKind.DECLARED
        ? List.copyOf(type.getEnclosedElements())
        : List.of();
  }

  /**
   * What a type and its supertypes declare, the type's own first, hidden and overridden ones
   * included. Supertypes that are not on the class path are passed over, where {@link
   * Elements#getAllMembers} would throw.
   */
  public List<Element> members(TypeElement type) {
    Set<TypeElement> all = new LinkedHashSet<>();
    collect(type, all);
    return all.stream().flatMap(t -> declared(t).stream()).toList();
  }

  private void collect(TypeElement type, Set<TypeElement> all) {
    if (type.asType().getKind() == TypeKind.DECLARED && all.add(type)) {
      List<TypeMirror> supers = new ArrayList<>(List.of(type.getSuperclass()));
      supers.addAll(type.getInterfaces());
      for (TypeMirror one : supers) {
        if (one.getKind() == TypeKind.DECLARED
            && types().asElement(one) instanceof TypeElement element) {
          collect(element, all);
        }
      }
      TypeElement object = elements().getTypeElement("java.lang.Object");
      if (type.getKind().isInterface() && object != null) {
        all.add(object);
      }
    }
  }

  /** The binary name of a class. */
  public String binaryName(TypeElement type) {
    return elements().getBinaryName(type).toString();
  }

  /** The JVM descriptor of a type's erasure. */
  public String descriptor(TypeMirror type) {
    return new Descriptors(this).of(type);
  }

  /** The JVM descriptor of a method as declared. */
  public String descriptor(ExecutableElement method) {
    return new Descriptors(this).of(method);
  }

  /**
   * How source at this file's top may name a class without a new import.
   *
   * @param qualifiedName canonical name
   * @return its shortest name; empty when it needs an import or clashes
   */
  public Optional<String> nameOf(String qualifiedName) {
    return names().shortest(qualifiedName);
  }

  /** A type as source in this file may write it; classes that are not imported are qualified. */
  public String typeText(TypeMirror type) {
    return names().write(type);
  }

  /** Imports in source order. */
  public List<? extends ImportTree> imports() {
    return unit.getImports();
  }

  /** The place of a tree. */
  public SourcePlace place(Tree tree) {
    Optional<MethodNode> around = methodAround(tree);
    int start = Math.max(0, start(tree));
    return new SourcePlace(
        path,
        around.map(MethodNode::className).orElseGet(() -> outline.classAround(path(tree))),
        around.map(MethodNode::name).orElse(""),
        around.map(MethodNode::descriptor).orElse(""),
        lineOf(start),
        start,
        Math.max(start, end(tree)));
  }

  /** The line end that most of the file uses. */
  public String lineEnd() {
    int lf = text.indexOf('\n');
    return lf > 0 && text.charAt(lf - 1) == '\r' ? "\r\n" : "\n";
  }

  Names names() {
    return new Names(this);
  }

  Map<String, String> packageTypes() {
    return outline.packageTypes();
  }

  String packageName() {
    return unit.getPackageName() == null ? "" : unit.getPackageName().toString();
  }
}
