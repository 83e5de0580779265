package dev.fettle.agent.hotpatch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * What one patch becomes in one class loader: bodies to graft, nestmates for new code, new classes
 * and links. Nothing of the JVM is touched here. Confined to the thread that makes it.
 */
final class PatchPlan {
  private final String suffix;
  private final Map<String, PairedClass> pairs;
  private final Map<String, ClassNode> added;
  private final Map<String, ClassNode> nestmates = new LinkedHashMap<>();
  private final List<Hidden> hidden = new ArrayList<>();
  private final Map<String, Link> links = new LinkedHashMap<>();
  private final Deque<PairedClass.Moved> toMove = new ArrayDeque<>();
  private final Set<String> queued = new HashSet<>();
  private final Set<String> constructed = new LinkedHashSet<>();

  /**
   * @param pairs by internal name
   * @param added new classes by internal name, already renamed to what nobody else has
   * @param slot of the probe that counts this patch
   */
  PatchPlan(int sequence, Map<String, PairedClass> pairs, Map<String, ClassNode> added, int slot) {
    this.suffix = "$$Fettle" + sequence;
    this.pairs = pairs;
    this.added = added;
    for (PairedClass pair : pairs.values()) {
      for (MethodNode body : pair.replaced().values()) {
        rewrite(body, new BodyRewriter(this, BodyRewriter.Place.OWNER, pair));
        Probe.insert(pair.internalName(), body, slot);
      }
    }
    for (ClassNode node : added.values()) {
      node.methods.forEach(m -> rewrite(m, new BodyRewriter(this, null)));
      NewClass.detach(node, added.keySet());
    }
    while (!toMove.isEmpty()) {
      move(toMove.remove());
    }
  }

  private void rewrite(MethodNode body, BodyRewriter rewriter) {
    noteConstructed(body);
    rewriter.rewrite(body);
  }

  private void noteConstructed(MethodNode body) {
    for (AbstractInsnNode node : body.instructions) {
      if (node instanceof TypeInsnNode type && type.getOpcode() == Opcodes.NEW) {
        constructed.add(type.desc.replace('/', '.'));
      } else if (node instanceof InvokeDynamicInsnNode indy) {
        for (Object argument : indy.bsmArgs) {
          if (argument instanceof org.objectweb.asm.Handle handle
              && handle.getTag() == Opcodes.H_NEWINVOKESPECIAL) {
            constructed.add(handle.getOwner().replace('/', '.'));
          }
        }
      }
    }
  }

  private void move(PairedClass.Moved moved) {
    PairedClass pair = paired(moved.owner());
    ClassNode nestmate = nestmates.computeIfAbsent(moved.owner(), owner -> nestmate(pair));
    MethodNode body = moved.body();
    MethodNode copy =
        new MethodNode(
            Opcodes.ASM9,
            Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC,
            moved.name(),
            moved.descriptor(),
            null,
            body.exceptions.toArray(new String[0]));
    rewrite(body, new BodyRewriter(this, BodyRewriter.Place.NESTMATE, pair));
    copy.instructions = body.instructions;
    copy.tryCatchBlocks = body.tryCatchBlocks;
    copy.localVariables = body.localVariables;
    copy.maxLocals = body.maxLocals;
    copy.maxStack = body.maxStack;
    nestmate.methods.add(copy);
  }

  private ClassNode nestmate(PairedClass pair) {
    ClassNode node = new ClassNode();
    node.version = Opcodes.V17;
    node.access = Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC;
    node.name = nestmateName(pair.internalName());
    node.superName = "java/lang/Object";
    node.sourceFile = pair.sourceFile();
    addHidden(pair.internalName(), node);
    return node;
  }

  String nestmateName(String owner) {
    return owner + suffix;
  }

  /** A name for the next function object of that class. */
  String functionName(String owner) {
    return nestmateName(owner) + "$" + hidden.size();
  }

  /** Has a hidden class join the nest of a running one. */
  void addHidden(String owner, ClassNode node) {
    hidden.add(new Hidden(owner, node));
  }

  private record Hidden(String owner, ClassNode node) {}

  /**
   * A hidden class to define.
   *
   * @param owner internal name of the running class whose nest it joins
   * @param name internal name by which links mean it
   */
  record HiddenFile(String owner, String name, byte[] file) {}

  /** The pair of that internal name; null for classes outside the patch and for new ones. */
  @Nullable PairedClass pairOf(String internalName) {
    return pairs.get(internalName);
  }

  private PairedClass paired(String internalName) {
    PairedClass pair = pairs.get(internalName);
    if (pair == null) {
      throw new IllegalStateException("no pair " + internalName);
    }
    return pair;
  }

  /** Has the nestmate of its class hold the body. */
  PairedClass.Moved moved(PairedClass owner, String name, String descriptor) {
    PairedClass.Moved moved = owner.moved(name, descriptor);
    if (queued.add(moved.owner() + "." + moved.key())) {
      toMove.add(moved);
    }
    return moved;
  }

  /** The key of a link, the same for the same member. */
  String link(String owner, Link.Kind kind, String holder, String name, String descriptor) {
    String key = suffix + " " + kind + " " + holder + "." + name + descriptor;
    links.putIfAbsent(owner + key, new Link(owner, key, kind, holder, name, descriptor));
    return key;
  }

  /** Whether any body changes. */
  boolean isEmpty() {
    return pairs.values().stream().allMatch(p -> p.replaced().isEmpty());
  }

  /** Bodies by running class (internal name) and its method. */
  Map<String, Map<String, MethodNode>> grafts() {
    Map<String, Map<String, MethodNode>> grafts = new LinkedHashMap<>();
    pairs.forEach(
        (name, pair) -> {
          if (!pair.replaced().isEmpty()) {
            grafts.put(name, Map.copyOf(pair.replaced()));
          }
        });
    return grafts;
  }

  /** Nestmates that hold moved bodies, and function objects. */
  List<HiddenFile> hiddenClasses() {
    return hidden.stream()
        .map(h -> new HiddenFile(h.owner(), h.node().name, bytes(h.node())))
        .toList();
  }

  /** Class files of new classes in an order in which they can be defined. */
  List<byte[]> newClasses() {
    List<byte[]> files = new ArrayList<>();
    Set<String> done = new HashSet<>();
    added.values().forEach(node -> define(node, done, files));
    return files;
  }

  private void define(@Nullable ClassNode node, Set<String> done, List<byte[]> files) {
    if (node == null || !done.add(node.name)) {
      return;
    }
    define(added.get(node.superName), done, files);
    node.interfaces.forEach(i -> define(added.get(i), done, files));
    files.add(bytes(node));
  }

  List<Link> links() {
    return List.copyOf(links.values());
  }

  /** Binary names of what the patched code itself constructs, exceptions among them. */
  Set<String> constructed() {
    return constructed;
  }

  private static byte[] bytes(ClassNode node) {
    ClassWriter writer = new ClassWriter(0);
    node.accept(writer);
    return writer.toByteArray();
  }
}
