package dev.fettle.agent.weave;

import dev.fettle.agent.heal.plan.MethodPlan;
import dev.fettle.agent.heal.weave.RegionWeaver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.CodeSizeEvaluator;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.ParameterNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/** Weaves one class and learns its {@link ClassFacts}. Used once. */
final class ClassWeaver extends ClassVisitor {
  /** HotSpot does not compile methods beyond ({@code HugeMethodLimit}). */
  static final int CODE_LIMIT = 8000;

  /** Older class files have no invokedynamic. */
  private static final int OLDEST = Opcodes.V1_7;

  private final ClassReader reader;
  private final Map<String, List<ParameterNode>> parameters;
  private final Map<String, List<Catch>> catches = new HashMap<>();
  private final Map<String, List<ClassFacts.Early>> early = new HashMap<>();
  private final Set<String> woven = new HashSet<>();
  private final Set<String> boundaries = new HashSet<>();
  private final boolean heal;
  private String name = "";
  private boolean boundary;
  private List<String> supertypes = List.of();

  private ClassWeaver(
      ClassReader reader,
      ClassWriter writer,
      Map<String, List<ParameterNode>> parameters,
      boolean heal) {
    super(Opcodes.ASM9, writer);
    this.reader = reader;
    this.parameters = parameters;
    this.heal = heal;
  }

  /** The new bytes; {@code bytes} is null when nothing had to change. */
  record Result(byte @Nullable [] bytes, ClassFacts facts) {}

  /**
   * @param parameters MethodParameters to put back, by method name and descriptor; empty unless the
   *     JVM lost them
   */
  static Result weave(byte[] bytes, Map<String, List<ParameterNode>> parameters) {
    return weave(bytes, parameters, false);
  }

  /**
   * As {@link #weave(byte[], Map)}.
   *
   * @param heal whether failing regions ask how to go on
   */
  static Result weave(byte[] bytes, Map<String, List<ParameterNode>> parameters, boolean heal) {
    ClassReader reader = new ClassReader(bytes);
    if (reader.readUnsignedShort(6) < OLDEST) {
      return new Result(null, new ClassFacts(false, Map.of(), Map.of(), Set.of(), Set.of()));
    }
    // the reader's constant pool is kept, so indexes and code offsets stay
    ClassWriter writer = new ClassWriter(reader, 0);
    ClassWeaver weaver = new ClassWeaver(reader, writer, parameters, heal);
    reader.accept(weaver, ClassReader.EXPAND_FRAMES);
    boolean changed = !weaver.woven.isEmpty() || !parameters.isEmpty();
    return new Result(changed ? writer.toByteArray() : null, weaver.facts());
  }

  private ClassFacts facts() {
    return new ClassFacts(boundary, catches, early, woven, boundaries);
  }

  @Override
  public void visit(
      int version,
      int access,
      String name,
      @Nullable String signature,
      @Nullable String superName,
      String @Nullable [] interfaces) {
    this.name = name;
    supertypes = new ArrayList<>(List.of(reader.getInterfaces()));
    if (superName != null) {
      supertypes.add(superName);
    }
    boundary = supertypes.stream().anyMatch(Boundaries::isBoundaryType);
    super.visit(version, access, name, signature, superName, interfaces);
  }

  @Override
  public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
    boundary |= Boundaries.isBoundaryAnnotation(descriptor);
    return super.visitAnnotation(descriptor, visible);
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
    return new MethodNode(Opcodes.ASM9, access, name, descriptor, signature, exceptions) {
      @Override
      public void visitEnd() {
        finish(this, next);
      }
    };
  }

  private void finish(MethodNode method, MethodVisitor next) {
    String key = method.name + method.desc;
    List<ParameterNode> lost = parameters.get(key);
    if (method.parameters == null && lost != null) {
      method.parameters = lost;
    }
    List<TryCatchBlockNode> own =
        method.tryCatchBlocks == null ? List.of() : List.copyOf(method.tryCatchBlocks);
    Map<TryCatchBlockNode, Boolean> rethrows = new LinkedHashMap<>();
    for (TryCatchBlockNode block : own) {
      if (!Covers.isPassing(block)) {
        rethrows.put(block, Catch.rethrows(method.instructions, block));
      }
    }
    List<MethodWeaver.Early> covered = null;
    if (method.instructions.size() > 0 && (method.access & Opcodes.ACC_BRIDGE) == 0) {
      covered = weave(method, codeSize(method));
    }
    if (covered != null) {
      woven.add(key);
    }
    method.accept(next);
    learn(method, key, rethrows, covered == null ? List.of() : covered);
  }

  /** Null when the method was left as it is. */
  private @Nullable List<MethodWeaver.Early> weave(MethodNode method, int size) {
    RegionWeaver regions = heal ? new RegionWeaver(method, plan(name, method)) : null;
    if (regions != null && regions.prepare(size, CODE_LIMIT)) {
      regions.weave();
      return regions.early().stream()
          .map(e -> new MethodWeaver.Early(e.start(), e.end(), e.clauses()))
          .toList();
    }
    MethodWeaver weaver = new MethodWeaver(name, method);
    return weaver.weave(size, CODE_LIMIT) ? weaver.early() : null;
  }

  private static MethodPlan plan(String owner, MethodNode method) {
    return MethodPlan.of(owner, method, Cleanups.of(method));
  }

  private static int codeSize(MethodNode method) {
    CodeSizeEvaluator size = new CodeSizeEvaluator(null);
    method.instructions.accept(size);
    method.instructions.resetLabels();
    return size.getMaxSize();
  }

  /** After writing, when labels know their offsets. */
  private void learn(
      MethodNode method,
      String key,
      Map<TryCatchBlockNode, Boolean> rethrows,
      List<MethodWeaver.Early> covered) {
    Map<TryCatchBlockNode, Catch> found = new LinkedHashMap<>();
    rethrows.forEach(
        (block, throwsAgain) ->
            found.put(
                block,
                new Catch(
                    offset(block.start),
                    offset(block.end),
                    block.type.replace('/', '.'),
                    throwsAgain)));
    if (!found.isEmpty()) {
      catches.put(key, List.copyOf(found.values()));
      early.put(
          key,
          covered.stream().filter(e -> !e.clauses().isEmpty()).map(e -> early(e, found)).toList());
    }
    learnBoundary(method, key);
  }

  private static ClassFacts.Early early(
      MethodWeaver.Early covered, Map<TryCatchBlockNode, Catch> found) {
    List<Catch> clauses = new ArrayList<>();
    covered.clauses().forEach(c -> Optional.ofNullable(found.get(c)).ifPresent(clauses::add));
    return new ClassFacts.Early(offset(covered.start()), offset(covered.end()), clauses);
  }

  private static int offset(LabelNode label) {
    return label.getLabel().getOffset();
  }

  private void learnBoundary(MethodNode method, String key) {
    List<AnnotationNode> annotations =
        method.visibleAnnotations == null ? List.of() : method.visibleAnnotations;
    if (annotations.stream().anyMatch(a -> Boundaries.isBoundaryAnnotation(a.desc))
        || Boundaries.isTaskBody(method.name, method.desc, supertypes)) {
      boundaries.add(key);
    }
  }
}
