package dev.fettle.agent.hotpatch;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Changes a body of the new class so that it runs where it is put: names of lambda bodies that run
 * already, calls of code that had to move, and members that the new place cannot see.
 */
final class BodyRewriter {
  /** Where a body is put. */
  enum Place {
    /** The running class itself. */
    OWNER,
    /** The hidden nestmate: sees what is private in the nest, not what is inherited. */
    NESTMATE,
    /** A class that the patch brings: sees its package. */
    NEW_CLASS
  }

  private static final String LINKS = "dev/fettle/boot/hotpatch/PatchLinks";
  private static final Handle CALL =
      new Handle(
          Opcodes.H_INVOKESTATIC,
          LINKS,
          "call",
          "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;"
              + "Ljava/lang/invoke/MethodType;Ljava/lang/Class;Ljava/lang/String;)"
              + "Ljava/lang/invoke/CallSite;",
          false);

  private final PatchPlan plan;
  private final Place place;
  private final @Nullable PairedClass self;

  /**
   * @param self the running class that the body belongs to
   */
  BodyRewriter(PatchPlan plan, Place place, PairedClass self) {
    this.plan = plan;
    this.place = place;
    this.self = self;
  }

  /** For bodies of a new class. */
  BodyRewriter(PatchPlan plan, @Nullable PairedClass none) {
    this.plan = plan;
    this.place = Place.NEW_CLASS;
    this.self = none;
  }

  void rewrite(MethodNode body) {
    body.maxStack += 1; // what asking for the assertion flag needs more than reading it
    for (AbstractInsnNode node : body.instructions.toArray()) {
      if (node instanceof MethodInsnNode call) {
        AbstractInsnNode instead = method(call);
        if (instead != call) {
          body.instructions.set(call, instead);
        }
      } else if (node instanceof FieldInsnNode field) {
        field(body, field);
      } else if (node instanceof InvokeDynamicInsnNode indy) {
        AbstractInsnNode instead = dynamic(indy);
        if (instead != indy) {
          body.instructions.set(indy, instead);
        }
      } else if (node instanceof LdcInsnNode constant && constant.cst instanceof Handle handle) {
        refuseMoved(handle);
      }
    }
  }

  private AbstractInsnNode method(MethodInsnNode call) {
    PairedClass owner = plan.pairOf(call.owner);
    if (owner != null && owner.isNew(call.name, call.desc)) {
      return movedCall(owner, call);
    }
    boolean isStatic = call.getOpcode() == Opcodes.INVOKESTATIC;
    if (place == Place.NESTMATE && self != null) {
      return fromNestmate(call, self, isStatic);
    }
    if (place == Place.NEW_CLASS && owner != null && owner.isPrivateMethod(call.name, call.desc)) {
      if (call.name.equals("<init>")) {
        throw new Refused("a new class calls a private constructor of " + owner.name());
      }
      return linked(call.owner, isStatic ? Link.Kind.STATIC : Link.Kind.VIRTUAL, call, isStatic);
    }
    return call;
  }

  private AbstractInsnNode movedCall(PairedClass owner, MethodInsnNode call) {
    PairedClass.Moved moved = plan.moved(owner, call.name, call.desc);
    if (place == Place.NESTMATE && owner == self) {
      return new MethodInsnNode(
          Opcodes.INVOKESTATIC,
          plan.nestmateName(owner.internalName()),
          moved.name(),
          moved.descriptor(),
          false);
    }
    return new InvokeDynamicInsnNode(
        call.name, moved.descriptor(), CALL, ownerType(owner), movedKey(moved));
  }

  private AbstractInsnNode fromNestmate(MethodInsnNode call, PairedClass owner, boolean isStatic) {
    if (call.name.equals("<init>")) {
      return call;
    }
    boolean own = call.owner.equals(owner.internalName());
    if (call.getOpcode() == Opcodes.INVOKESPECIAL) {
      if (own && owner.declaresMethod(call.name, call.desc)) {
        int opcode = owner.isInterface() ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL;
        return new MethodInsnNode(opcode, call.owner, call.name, call.desc, call.itf);
      }
      return linked(owner.internalName(), Link.Kind.SPECIAL, call, false);
    }
    boolean inherited =
        own
            ? !owner.declaresMethod(call.name, call.desc) && !isPublicInObject(call)
            : call.owner.equals(owner.superName()) && !call.owner.startsWith("java/lang/");
    return inherited
        ? linked(
            owner.internalName(), isStatic ? Link.Kind.STATIC : Link.Kind.VIRTUAL, call, isStatic)
        : call;
  }

  private static boolean isPublicInObject(MethodInsnNode call) {
    return switch (call.name + call.desc) {
      case "getClass()Ljava/lang/Class;",
          "hashCode()I",
          "equals(Ljava/lang/Object;)Z",
          "toString()Ljava/lang/String;",
          "notify()V",
          "notifyAll()V",
          "wait()V" ->
          true;
      default -> false;
    };
  }

  private InvokeDynamicInsnNode linked(
      String eyes, Link.Kind kind, MethodInsnNode call, boolean isStatic) {
    String key = plan.link(eyes, kind, call.owner, call.name, call.desc);
    String receiver = kind == Link.Kind.SPECIAL ? eyes : call.owner;
    String descriptor = isStatic ? call.desc : "(L" + receiver + ";" + call.desc.substring(1);
    return new InvokeDynamicInsnNode(call.name, descriptor, CALL, Type.getObjectType(eyes), key);
  }

  private void field(MethodNode body, FieldInsnNode field) {
    PairedClass owner = plan.pairOf(field.owner);
    if (owner != null && Assertions.reads(field) && owner.lacksAssertionFlag()) {
      body.instructions.insertBefore(field, Assertions.flagOf(field.owner));
      body.instructions.remove(field);
      return;
    }
    if (place == Place.NESTMATE && self != null) {
      boolean own = field.owner.equals(self.internalName());
      boolean inherited =
          own ? !self.declaresField(field.name, field.desc) : field.owner.equals(self.superName());
      if (inherited) {
        body.instructions.set(field, linked(self.internalName(), field));
      }
    } else if (place == Place.NEW_CLASS
        && owner != null
        && owner.isPrivateField(field.name, field.desc)) {
      body.instructions.set(field, linked(field.owner, field));
    }
  }

  private InvokeDynamicInsnNode linked(String eyes, FieldInsnNode field) {
    String receiver = "L" + field.owner + ";";
    Link.Kind kind =
        switch (field.getOpcode()) {
          case Opcodes.GETFIELD -> Link.Kind.GET;
          case Opcodes.PUTFIELD -> Link.Kind.PUT;
          case Opcodes.GETSTATIC -> Link.Kind.GET_STATIC;
          default -> Link.Kind.PUT_STATIC;
        };
    String descriptor =
        switch (kind) {
          case GET -> "(" + receiver + ")" + field.desc;
          case PUT -> "(" + receiver + field.desc + ")V";
          case GET_STATIC -> "()" + field.desc;
          default -> "(" + field.desc + ")V";
        };
    String key = plan.link(eyes, kind, field.owner, field.name, field.desc);
    return new InvokeDynamicInsnNode(field.name, descriptor, CALL, Type.getObjectType(eyes), key);
  }

  private AbstractInsnNode dynamic(InvokeDynamicInsnNode indy) {
    if (!FunctionObject.isMadeBy(indy)) {
      for (Object argument : indy.bsmArgs) {
        if (argument instanceof Handle handle) {
          refuseMoved(handle);
        }
      }
      return indy;
    }
    Handle body = FunctionObject.body(indy);
    PairedClass owner = plan.pairOf(body.getOwner());
    if (owner == null) {
      return indy;
    }
    boolean isLambda = CodeText.isLambda(body.getName());
    if (isLambda ? owner == self : owner.isNew(body.getName(), body.getDesc())) {
      Optional<String> running =
          isLambda ? owner.runningLambda(body.getName() + body.getDesc()) : Optional.empty();
      if (running.isEmpty()) {
        return movedLambda(indy, body, owner);
      }
      int descriptor = running.get().indexOf('(');
      body =
          new Handle(
              body.getTag(),
              body.getOwner(),
              running.get().substring(0, descriptor),
              running.get().substring(descriptor),
              body.isInterface());
    } else if (place == Place.NEW_CLASS && owner.isPrivateMethod(body.getName(), body.getDesc())) {
      throw new Refused("a new class has a reference to a private method of " + owner.name());
    }
    indy.bsmArgs[1] = place == Place.OWNER ? body : reachable(body, owner);
    return indy;
  }

  private AbstractInsnNode movedLambda(InvokeDynamicInsnNode indy, Handle body, PairedClass owner) {
    PairedClass.Moved moved = plan.moved(owner, body.getName(), body.getDesc());
    Type type = ownerType(owner);
    String name = plan.functionName(owner.internalName());
    plan.addHidden(
        owner.internalName(), FunctionObject.of(indy, name, CALL, type, movedKey(moved)));
    String key =
        plan.link(owner.internalName(), Link.Kind.HIDDEN, name, FunctionObject.FACTORY, indy.desc);
    return new InvokeDynamicInsnNode(indy.name, indy.desc, CALL, type, key);
  }

  /** A private method is special to its own class only. */
  private static Handle reachable(Handle body, PairedClass owner) {
    if (body.getTag() != Opcodes.H_INVOKESPECIAL) {
      return body;
    }
    int tag = owner.isInterface() ? Opcodes.H_INVOKEINTERFACE : Opcodes.H_INVOKEVIRTUAL;
    return new Handle(tag, body.getOwner(), body.getName(), body.getDesc(), body.isInterface());
  }

  private void refuseMoved(Handle handle) {
    PairedClass owner = plan.pairOf(handle.getOwner());
    if (owner != null && owner.isNew(handle.getName(), handle.getDesc())) {
      throw new Refused("refers to the new method " + owner.name() + "." + handle.getName());
    }
  }

  private String movedKey(PairedClass.Moved moved) {
    return plan.link(
        moved.owner(),
        Link.Kind.HIDDEN,
        plan.nestmateName(moved.owner()),
        moved.name(),
        moved.descriptor());
  }

  private static Type ownerType(PairedClass owner) {
    return Type.getObjectType(owner.internalName());
  }
}
