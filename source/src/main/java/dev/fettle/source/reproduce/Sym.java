package dev.fettle.source.reproduce;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.analysis.Value;

/**
 * Where a value on the stack or in a local came from. Equality is by the instruction that made it,
 * so that merging in loops ends.
 */
sealed interface Sym extends Value {
  int MAX_ALTERNATIVES = 4;

  /** Nothing is known. */
  record Unknown(int size) implements Sym {
    @Override
    public int getSize() {
      return size;
    }
  }

  /** {@code this}. */
  record Self() implements Sym {
    @Override
    public int getSize() {
      return 1;
    }
  }

  /** The parameter at {@code index} of the descriptor. */
  record Param(int index, int size) implements Sym {
    @Override
    public int getSize() {
      return size;
    }
  }

  /** A constant; {@code value} is null for {@code null}. */
  record Constant(@Nullable Object value, int size) implements Sym {
    @Override
    public int getSize() {
      return size;
    }
  }

  /** Made by one instruction from others. */
  abstract sealed class Made implements Sym {
    final AbstractInsnNode insn;
    final int size;

    Made(AbstractInsnNode insn, int size) {
      this.insn = insn;
      this.size = size;
    }

    @Override
    public int getSize() {
      return size;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Made made && made.insn == insn;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(insn);
    }
  }

  /** A field's value; {@code owner} is null for a static field. */
  final class FieldValue extends Made {
    final @Nullable Sym owner;
    final FieldInsnNode field;

    FieldValue(FieldInsnNode field, @Nullable Sym owner, int size) {
      super(field, size);
      this.owner = owner;
      this.field = field;
    }
  }

  /** What a call returned; {@code arguments} begin with the receiver unless the call is static. */
  final class Result extends Made {
    final MethodInsnNode call;
    final List<Sym> arguments;

    Result(MethodInsnNode call, List<Sym> arguments, int size) {
      super(call, size);
      this.call = call;
      this.arguments = List.copyOf(arguments);
    }
  }

  /** A lambda or method reference. */
  final class Lambda extends Made {
    final Handle target;
    final List<Sym> captured;

    Lambda(AbstractInsnNode insn, Handle target, List<Sym> captured) {
      super(insn, 1);
      this.target = target;
      this.captured = List.copyOf(captured);
    }
  }

  /** A new object; its constructor's arguments are known to the {@link MethodFlow}. */
  final class Fresh extends Made {
    Fresh(AbstractInsnNode insn) {
      super(insn, 1);
    }
  }

  /** The same value seen as {@code type} (internal name, or empty for a numeric conversion). */
  final class Cast extends Made {
    final Sym of;
    final String type;

    Cast(AbstractInsnNode insn, Sym of, String type, int size) {
      super(insn, size);
      this.of = of;
      this.type = type;
    }
  }

  /** One of several, by the way the program took. */
  record Either(Set<Sym> alternatives, int size) implements Sym {
    public Either {
      alternatives = Set.copyOf(alternatives);
    }

    @Override
    public int getSize() {
      return size;
    }
  }

  /** Both may be. */
  default Sym or(Sym other) {
    if (equals(other)) {
      return this;
    }
    if (this instanceof Unknown || other instanceof Unknown || getSize() != other.getSize()) {
      return new Unknown(Math.min(getSize(), other.getSize()));
    }
    Set<Sym> all = new LinkedHashSet<>(alternatives());
    all.addAll(other.alternatives());
    return all.size() > MAX_ALTERNATIVES ? new Unknown(getSize()) : new Either(all, getSize());
  }

  /** What it may be. */
  default Set<Sym> alternatives() {
    return this instanceof Either either ? either.alternatives() : Set.of(this);
  }

  /** Without casts and conversions. */
  default Sym bare() {
    Sym s = this;
    while (s instanceof Cast cast) {
      s = cast.of;
    }
    return s;
  }
}
